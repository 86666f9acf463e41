using FrozenSeg.Pipeline.Families.Sam.Networks;

namespace FrozenSeg.Pipeline.Families.Sam.Models;

/// <summary>
/// The sizes of one SAM network. The defaults are those of every published model; the encoder tells them apart.
/// </summary>
internal sealed record SamConfiguration
{
    /// <summary>The model's name, for instance <c>vit_b</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The image encoder.</summary>
    public required SamEncoderConfiguration Encoder { get; init; }

    /// <summary>Side of the square picture the encoder sees, pixels.</summary>
    public int ImageSize { get; init; } = 1024;

    /// <summary>Side of a patch, pixels.</summary>
    public int PatchSize { get; init; } = 16;

    /// <summary>Channels of the image embedding and width of the decoder's tokens.</summary>
    public int Channels { get; init; } = 256;

    /// <summary>Heads of every attention in the mask decoder.</summary>
    public int DecoderHeads { get; init; } = 8;

    /// <summary>Hidden width of the decoder's token MLP.</summary>
    public int DecoderMlpWidth { get; init; } = 2048;

    /// <summary>Two-way blocks of the decoder.</summary>
    public int DecoderLayers { get; init; } = 2;

    /// <summary>Channels of the decoder's first mask downscaling step, a quarter of the second's.</summary>
    public int MaskInputChannels { get; init; } = 16;

    /// <summary>Whether the decoder has HQ-SAM's extra token and features.</summary>
    public bool IsHighQuality { get; init; }

    /// <summary>Side of the image embedding, cells.</summary>
    public int GridSize => ImageSize / PatchSize;

    /// <summary>Side of the decoder's mask logits, pixels: four to a cell.</summary>
    public int MaskSize => 4 * GridSize;
}
