namespace FrozenSeg.Pipeline.Families.Clip.Backbones;

/// <summary>
/// Sizes of a CLIP ConvNeXt. The defaults are those of ConvNeXt-L (d_320) but for the embedding width.
/// </summary>
internal sealed record ConvNextConfiguration : ClipBackboneConfiguration
{
    /// <summary>Side and step of the stem's patches, pixels.</summary>
    public int StemStride { get; init; } = 4;

    /// <summary>Channels of each stage.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [192, 384, 768, 1536];

    /// <summary>Blocks of each stage.</summary>
    public IReadOnlyList<int> Depths { get; init; } = [3, 3, 27, 3];

    /// <summary>Hidden width of a block's MLP over its channels.</summary>
    public int MlpRatio { get; init; } = 4;

    /// <summary>Hidden width of the projection into the joint space.</summary>
    public int ProjectionWidth { get; init; } = 1536;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Channels => Widths;

    /// <inheritdoc/>
    public override int Stride => StemStride;
}
