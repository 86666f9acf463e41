namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>
/// Sizes of MobileSAM's TinyViT-5M (sam.md 2.2; Wu et al., TinyViT). Four stages; the first is convolutional.
/// </summary>
internal sealed record TinyVitConfiguration : SamEncoderConfiguration
{
    /// <summary>Width of each stage.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [64, 128, 160, 320];

    /// <summary>Blocks of each stage.</summary>
    public IReadOnlyList<int> Depths { get; init; } = [2, 2, 6, 2];

    /// <summary>Heads of each stage; the first is not used.</summary>
    public IReadOnlyList<int> Heads { get; init; } = [2, 4, 5, 10];

    /// <summary>Window of each stage; the first is not used.</summary>
    public IReadOnlyList<int> Windows { get; init; } = [7, 7, 14, 7];

    /// <inheritdoc/>
    public override int EarlyChannels => Widths[2];
}
