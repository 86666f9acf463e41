using FrozenSeg.Pipeline.Families.Sam3.Concepts;

namespace FrozenSeg;

/// <summary>SAM 3: each phrase a concept, with examples or without. Thresholds are 0 to 1.</summary>
public sealed record Sam3MethodOptions : MethodOptions
{
    /// <inheritdoc/>
    public override string Name => Sam3Method.MethodName;

    /// <summary>A mask's score, class score times presence, must be above it. Default: 0.5.</summary>
    public double? ScoreThreshold { get; init; }

    /// <summary>How sure the model must be that a phrase is in the picture at all. Default: 0.5.</summary>
    public double? PresenceThreshold { get; init; }

    /// <summary>How well a mask must fit its phrase, whether or not that is in the picture. Default: 0.</summary>
    public double? ClassThreshold { get; init; }

    /// <summary>A pixel belongs to a mask when its probability is above it. Default: 0.5.</summary>
    public double? MaskThreshold { get; init; }

    /// <summary>Of masks of one class that overlap more, IoU, the best stays. Default: 0.7.</summary>
    public double? NmsThreshold { get; init; }

    /// <summary>Panoptic: share of a mask that must be left for a segment. Default: 0.8.</summary>
    public double? OverlapThreshold { get; init; }

    /// <summary>Tiles along each side that are looked at beside the whole picture. Default: 1, none.</summary>
    public int? Tiles { get; init; }

    /// <summary>How far tiles overlap, over the picture's shorter side. Default: 0.1.</summary>
    public double? TileOverlap { get; init; }

    /// <summary>Side of the square that a picture is squashed to, a multiple of 336. Default: 1008.</summary>
    public int? InputSize { get; init; }

    /// <summary>
    /// Boxes around examples: <c>10,20,50,60; 5,5,9,9,0</c>, a 0 for what is not wanted. Default: none.
    /// </summary>
    public string? Exemplars { get; init; }

    internal override IEnumerable<(string Name, object? Value)> Settings() =>
    [
        ("score_threshold", ScoreThreshold),
        ("presence_threshold", PresenceThreshold),
        ("class_threshold", ClassThreshold),
        ("mask_threshold", MaskThreshold),
        ("nms_threshold", NmsThreshold),
        ("overlap_threshold", OverlapThreshold),
        ("tiles", Tiles),
        ("tile_overlap", TileOverlap),
        ("input_size", InputSize),
        ("exemplars", Exemplars),
    ];
}
