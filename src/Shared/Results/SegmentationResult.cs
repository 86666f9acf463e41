namespace FrozenSeg.Shared.Results;

/// <summary>
/// The document a user keeps: what was found in one picture, how, and with what. Written by
/// <see cref="ResultJsonContext"/> in snake case; readers accept unknown members.
/// </summary>
public sealed record SegmentationResult
{
    /// <summary>Version of this document's form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The picture.</summary>
    public required ResultImage Image { get; init; }

    /// <summary>What was asked.</summary>
    public required ResultRequest Request { get; init; }

    /// <summary>The classes, in the order of their indices; empty for masks without classes.</summary>
    public IReadOnlyList<ResultCategory> Vocabulary { get; init; } = [];

    /// <summary>What was found: panoptic segments do not overlap, instances may.</summary>
    public required IReadOnlyList<ResultSegment> Segments { get; init; }

    /// <summary>The files beside this document.</summary>
    public required ResultFiles Files { get; init; }

    /// <summary>The networks that were used.</summary>
    public required IReadOnlyList<ModelStamp> Models { get; init; }

    /// <summary>Time by stage.</summary>
    public required IReadOnlyList<StageTiming> Timings { get; init; }

    /// <summary>What CLIP as RNN dropped, round by round; null for other methods.</summary>
    public IReadOnlyList<FilterRound>? Trace { get; init; }

    /// <summary>Anything a user should know: what was cut, skipped or guessed.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
