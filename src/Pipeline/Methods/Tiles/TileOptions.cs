using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Methods.Tiles;

/// <summary>How a large picture is cut up. The values are ours; no paper describes them.</summary>
internal sealed record TileOptions
{
    /// <summary>Side of a tile, pixels. Default: 1024, what SAM's encoder sees.</summary>
    public int Size { get; init; } = 1024;

    /// <summary>Least overlap of neighbours, pixels. Default: 128.</summary>
    public int Overlap { get; init; } = 128;

    /// <summary>Two halves of an object agree where both tiles see it: least IoU there. Default: 0.5.</summary>
    public double MergeIoU { get; init; } = 0.5;

    /// <summary>
    /// A piece cut by its tile's border that lies in the overlap alone is left out when the neighbour covers this share
    /// of it. Default: 0.8.
    /// </summary>
    public double CoveredShare { get; init; } = 0.8;

    /// <summary>Everything that makes these settings unusable, by the names of these properties.</summary>
    public IEnumerable<SegmentationProblem> Problems()
    {
        if (Size is < 64 or > 8192)
            yield return new(nameof(Size), $"{Size} is not the side of a tile", "Use 64 to 8192");
        if (Overlap < 0 || Overlap > Size / 2)
            yield return new(
                nameof(Overlap), $"{Overlap} is not an overlap of tiles of {Size}", $"Use 0 to {Size / 2}");
    }
}
