namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>
/// Sizes of a plain ViT image encoder (sam.md 2.1; Li et al., Exploring Plain Vision Transformer Backbones).
/// </summary>
internal sealed record VitEncoderConfiguration : SamEncoderConfiguration
{
    /// <summary>Token width.</summary>
    public required int Width { get; init; }

    /// <summary>Number of blocks.</summary>
    public required int Depth { get; init; }

    /// <summary>Attention heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Blocks, counted from 0, that attend over the whole picture instead of windows.</summary>
    public required IReadOnlyList<int> GlobalBlocks { get; init; }

    /// <summary>Side of an attention window, cells.</summary>
    public int WindowSize { get; init; } = 14;

    /// <summary>Hidden width of the MLP over the token width.</summary>
    public int MlpRatio { get; init; } = 4;

    /// <summary>Whether attention has decomposed relative positions.</summary>
    public bool HasRelativePositions { get; init; } = true;

    /// <summary>Width of one head.</summary>
    public int HeadWidth => Width / Heads;

    /// <inheritdoc/>
    public override int EarlyChannels => Width;
}
