using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>What a method found, before it is written anywhere.</summary>
internal sealed record SegmentationOutcome
{
    /// <summary>The segments: panoptic ones do not overlap, instances and masks may.</summary>
    public required IReadOnlyList<ResultSegment> Segments { get; init; }

    /// <summary>The networks that were used.</summary>
    public required IReadOnlyList<ModelStamp> Models { get; init; }

    /// <summary>Every setting, under its published name.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Time by stage.</summary>
    public required IReadOnlyList<StageTiming> Timings { get; init; }

    /// <summary>
    /// Segment ids by pixel, 0 for none, for the panoptic task; the ids are those of <see cref="Segments"/>.
    /// </summary>
    public LabelMap? Panoptic { get; init; }

    /// <summary>
    /// For the semantic task the index in the vocabulary of each pixel; <see cref="VoidIndex"/> for none.
    /// </summary>
    public LabelMap? Semantic { get; init; }

    /// <summary>
    /// Name of a class for the pixels of <see cref="Semantic"/> that have none: documents and maps list it after the
    /// classes of the order. Null leaves those pixels void.
    /// </summary>
    public string? Background { get; init; }

    /// <summary>What CLIP as RNN dropped, round by round.</summary>
    public IReadOnlyList<FilterRound>? Trace { get; init; }

    /// <summary>Anything a user should know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// Stands for "no class" in <see cref="Semantic"/>; written as 255, or 65535 where labels need 16 bits.
    /// </summary>
    public const int VoidIndex = -1;
}
