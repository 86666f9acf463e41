namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;

/// <summary>Sizes of the masked transformer decoder. The defaults are the published ones.</summary>
internal sealed record MaskedDecoderConfiguration
{
    /// <summary>Width of the joint space of pictures and texts (E).</summary>
    public required int EmbeddingWidth { get; init; }

    /// <summary>Width of the queries and of the features (D).</summary>
    public int Width { get; init; } = 256;

    /// <summary>Heads of every attention.</summary>
    public int Heads { get; init; } = 8;

    /// <summary>Object queries (Q).</summary>
    public int Queries { get; init; } = 250;

    /// <summary>Layers; layer i looks at level i mod <see cref="Levels"/>, the coarsest first.</summary>
    public int Layers { get; init; } = 9;

    /// <summary>Levels of the features.</summary>
    public int Levels { get; init; } = 3;

    /// <summary>Hidden width of a layer's MLP.</summary>
    public int FeedForwardWidth { get; init; } = 2048;

    /// <summary>Whether the Query Injector and the Feature Injector are on; off it is FC-CLIP.</summary>
    public bool HasInjectors { get; init; } = true;

    /// <summary>The level a layer looks at.</summary>
    public int LevelOf(int layer) => layer % Levels;

    /// <summary>
    /// Whether a layer's features pass the Feature Injector (paper Eq. 2): those of the coarsest level.
    /// </summary>
    public bool HasFeatureInjector(int layer) => HasInjectors && LevelOf(layer) == 0;

    /// <summary>
    /// Whether the Query Injector (paper Eq. 1) acts on the queries after a layer. After the last layer nothing reads
    /// them.
    /// </summary>
    public bool HasQueryInjector(int layer) => HasInjectors && LevelOf(layer) == Levels - 1 && layer < Layers - 1;
}
