namespace FrozenSeg.Shared.Results;

/// <summary>The files that lie beside <c>result.json</c>; null for those that were not asked for.</summary>
/// <param name="Panoptic">COCO panoptic PNG: id = R + 256 G + 256² B.</param>
/// <param name="PanopticJson">COCO panoptic JSON for that PNG.</param>
/// <param name="Semantic">Indexed PNG: position in the vocabulary, the largest value (255 or 65535) for void.</param>
/// <param name="Overlay">The picture with its segments painted on, for people.</param>
public sealed record ResultFiles(string? Panoptic, string? PanopticJson, string? Semantic, string? Overlay)
{
    /// <summary>The names every writer uses.</summary>
    public static ResultFiles Names { get; } = new("panoptic.png", "panoptic.json", "semantic.png", "overlay.png");

    /// <summary>Those that there are.</summary>
    internal IEnumerable<string> Given =>
        ((string?[])[Panoptic, PanopticJson, Semantic, Overlay]).OfType<string>();
}
