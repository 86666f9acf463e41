using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Interaction.Documents;

/// <summary>What a caller shows of a picture. Coordinates are pixels of the upright picture.</summary>
internal sealed record PredictionRequest
{
    /// <summary>Id of a picture, as <c>POST /api/embeddings</c> gave it.</summary>
    public string? Image { get; init; }

    /// <summary>Or a segmentation whose picture it is.</summary>
    public string? Segmentation { get; init; }

    /// <summary>Points on one object, each <c>[x, y]</c>.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Points { get; init; }

    /// <summary>For each point 1 (on the object) or 0 (not on it). Default: 1 for all.</summary>
    public IReadOnlyList<int>? Labels { get; init; }

    /// <summary>
    /// Boxes <c>[x0, y0, x1, y1]</c>: one beside points, or several, each around an object of its own.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double>>? Boxes { get; init; }

    /// <summary>A mask of this picture to start from.</summary>
    public MaskRle? Mask { get; init; }

    /// <summary>An earlier answer to start from, exactly as it was.</summary>
    public RefinedMask? Refine { get; init; }

    /// <summary>
    /// Three masks a prompt; one otherwise. Default: three for a single point, one for anything clearer.
    /// </summary>
    public bool? Multimask { get; init; }
}
