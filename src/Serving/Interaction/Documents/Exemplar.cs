using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Interaction.Documents;

/// <summary>Something in a picture: a segment, a box around it, or its mask.</summary>
internal sealed record Exemplar
{
    /// <summary>Id of a picture.</summary>
    public string? Image { get; init; }

    /// <summary>Or a segmentation whose picture it is.</summary>
    public string? Segmentation { get; init; }

    /// <summary>Id of a segment of that segmentation.</summary>
    public int? Segment { get; init; }

    /// <summary>A box <c>[x0, y0, x1, y1]</c>.</summary>
    public IReadOnlyList<double>? Box { get; init; }

    /// <summary>A mask.</summary>
    public MaskRle? Mask { get; init; }
}
