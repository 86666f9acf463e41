namespace FrozenSeg.Pipeline.Families.Clip.Backbones;

/// <summary>Sizes of a CLIP ResNet. The defaults are those of RN50x64 but for the embedding width.</summary>
internal sealed record ResNetConfiguration : ClipBackboneConfiguration
{
    /// <summary>Channels of a bottleneck's output over those of its middle.</summary>
    public const int Expansion = 4;

    /// <summary>Bottlenecks of each layer.</summary>
    public IReadOnlyList<int> Depths { get; init; } = [3, 15, 36, 10];

    /// <summary>Channels of the stem.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Heads of the attention pool.</summary>
    public int PoolHeads { get; init; } = 64;

    /// <summary>Side of the attention pool's table of positions.</summary>
    public int PoolSide { get; init; } = 14;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Channels =>
        [.. Enumerable.Range(0, Depths.Count).Select(layer => (Width * Expansion) << layer)];

    /// <inheritdoc/>
    public override int Stride => 4;
}
