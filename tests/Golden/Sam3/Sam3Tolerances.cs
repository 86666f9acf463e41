namespace FrozenSeg.Golden.Sam3;

/// <summary>What is accepted at each stage, largest absolute difference; from the goldens' README.</summary>
internal sealed record Sam3Tolerances
{
    /// <summary>The vision blocks.</summary>
    public double Vision { get; init; } = 1.5e-5;

    /// <summary>The neck's maps.</summary>
    public double Maps { get; init; } = 1e-5;

    /// <summary>A phrase's rows.</summary>
    public double Text { get; init; } = 1e-5;

    /// <summary>The text tower's blocks.</summary>
    public double TextBlocks { get; init; } = 1e-5;

    /// <summary>The exemplars' rows.</summary>
    public double Geometry { get; init; } = 1e-5;

    /// <summary>The geometry encoder's layers.</summary>
    public double GeometryLayers { get; init; } = 1e-5;

    /// <summary>The fusion encoder.</summary>
    public double Fusion { get; init; } = 1.5e-5;

    /// <summary>The decoder's layers, and what the masks' vectors come from.</summary>
    public double Decoder { get; init; } = 1e-5;

    /// <summary>Boxes in 0..1.</summary>
    public double Boxes { get; init; } = 3e-6;

    /// <summary>Boxes in pixels.</summary>
    public double PixelBoxes { get; init; } = 3e-4;

    /// <summary>The presence logit.</summary>
    public double Presence { get; init; } = 1.5e-5;

    /// <summary>Class logits.</summary>
    public double ClassLogits { get; init; } = 3e-5;

    /// <summary>Scores in 0..1.</summary>
    public double Scores { get; init; } = 5e-6;

    /// <summary>Mask logits.</summary>
    public double Masks { get; init; } = 1e-4;

    /// <summary>Logits of the concept's mask.</summary>
    public double Semantic { get; init; } = 4e-5;

    /// <summary>Of <c>case_deep</c>.</summary>
    public static Sam3Tolerances Deep { get; } = new()
    {
        Vision = 3e-4,
        Maps = 3e-5,
        Text = 1.5e-5,
        TextBlocks = 1e-4,
        Geometry = 3e-5,
        GeometryLayers = 6e-5,
        Fusion = 2e-4,
        Decoder = 3e-5,
        Boxes = 1.2e-5,
        PixelBoxes = 1e-3,
        Presence = 5e-6,
        ClassLogits = 5e-5,
        Scores = 7e-6,
        Masks = 6e-4,
        Semantic = 3e-5,
    };
}
