namespace FrozenSeg.Pipeline.Families.Clip;

/// <summary>Sizes of a CLIP text tower.</summary>
internal sealed record ClipTextConfiguration
{
    /// <summary>Length of a token's vector.</summary>
    public required int Width { get; init; }

    /// <summary>Number of blocks.</summary>
    public required int Layers { get; init; }

    /// <summary>Heads of each attention.</summary>
    public required int Heads { get; init; }

    /// <summary>Positions: most tokens of a text, marks included. Default: 77.</summary>
    public int Context { get; init; } = 77;

    /// <summary>Rows of the token table. Default: 49,408.</summary>
    public int Vocabulary { get; init; } = 49_408;

    /// <summary>Length of an embedding, shared with pictures.</summary>
    public required int EmbeddingSize { get; init; }

    /// <summary>Non-linearity.</summary>
    public ClipActivation Activation { get; init; }
}
