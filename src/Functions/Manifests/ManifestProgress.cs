using FrozenSeg.Serving.Workflow.Progress;

namespace FrozenSeg.Functions.Manifests;

/// <summary>Custom status of <see cref="SegmentManifest"/>.</summary>
/// <param name="Lines">Pictures in all.</param>
/// <param name="Done">Pictures that have ended.</param>
/// <param name="Failed">Pictures that failed.</param>
internal sealed record ManifestProgress(int Lines, int Done, int Failed)
{
    /// <summary>The progress in the form every segmentation has.</summary>
    public WorkflowProgress ToWorkflow() => new(
    [
        new StageProgress(
            "Manifest",
            Done == Lines ? StageState.Done : StageState.Running,
            null,
            1,
            Lines == 0 ? 1 : (double)Done / Lines),
    ]);

    /// <summary>What a caller should know.</summary>
    public IReadOnlyList<string> Warnings() =>
        Failed == 0 ? [] : [$"{Failed:N0} of {Lines:N0} pictures failed; their rows say why"];
}
