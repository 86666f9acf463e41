namespace FrozenSeg.Pipeline.Families.Clip;

/// <summary>Sizes of a CLIP vision transformer.</summary>
internal sealed record ClipVisionConfiguration
{
    /// <summary>Length of a token's vector, D.</summary>
    public required int Width { get; init; }

    /// <summary>Number of blocks.</summary>
    public required int Layers { get; init; }

    /// <summary>Heads of each attention.</summary>
    public required int Heads { get; init; }

    /// <summary>Side of a patch, pixels.</summary>
    public required int PatchSize { get; init; }

    /// <summary>Patches along each side of the pictures it was trained with, g.</summary>
    public required int GridSize { get; init; }

    /// <summary>Length of an embedding, shared with texts.</summary>
    public required int EmbeddingSize { get; init; }

    /// <summary>Non-linearity.</summary>
    public ClipActivation Activation { get; init; }

    /// <summary>Mean of red, green, blue, 0..1.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.48145466f, 0.4578275f, 0.40821073f];

    /// <summary>Deviation of red, green, blue, 0..1.</summary>
    public IReadOnlyList<float> Deviation { get; init; } = [0.26862954f, 0.26130258f, 0.27577711f];

    /// <summary>Side of the pictures it was trained with, pixels.</summary>
    public int ImageSize => PatchSize * GridSize;

    /// <summary>Width of one head.</summary>
    public int HeadWidth => Width / Heads;
}
