using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>An outcome as an artefact: masks and maps as runs, so that stages can run in different processes.</summary>
/// <param name="Segments">The segments.</param>
/// <param name="Models">The networks.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Timings">Time by step inside the method.</param>
/// <param name="Panoptic">Segment ids by pixel.</param>
/// <param name="Semantic">Class indices by pixel.</param>
/// <param name="Background">Name of the class of the semantic map's pixels that have none; null leaves them
/// void.</param>
/// <param name="Trace">What CLIP as RNN dropped.</param>
/// <param name="Warnings">Warnings.</param>
internal sealed record OutcomeDocument(
    IReadOnlyList<ResultSegment> Segments,
    IReadOnlyList<ModelStamp> Models,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<StageTiming> Timings,
    RunLengthMap? Panoptic,
    RunLengthMap? Semantic,
    string? Background,
    IReadOnlyList<FilterRound>? Trace,
    IReadOnlyList<string> Warnings)
{
    /// <summary>The document of an outcome.</summary>
    public static OutcomeDocument From(SegmentationOutcome outcome) => new(
        outcome.Segments,
        outcome.Models,
        outcome.Settings,
        outcome.Timings,
        outcome.Panoptic is null ? null : RunLengthMap.From(outcome.Panoptic),
        outcome.Semantic is null ? null : RunLengthMap.From(outcome.Semantic),
        outcome.Background,
        outcome.Trace,
        outcome.Warnings);

    /// <summary>The outcome.</summary>
    /// <exception cref="FormatException">A map is damaged.</exception>
    public SegmentationOutcome ToOutcome() => new()
    {
        Segments = Segments,
        Models = Models,
        Settings = Settings,
        Timings = Timings,
        Panoptic = Panoptic?.Decode(),
        Semantic = Semantic?.Decode(),
        Background = Background,
        Trace = Trace,
        Warnings = Warnings,
    };
}
