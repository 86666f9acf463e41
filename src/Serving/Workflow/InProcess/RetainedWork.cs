using FrozenSeg.Serving.Workflow.Documents;

namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>What must stay, however old it is.</summary>
/// <param name="Left">Jobs that have not ended: their requests, and the pictures these name.</param>
/// <param name="Files">Keys of the files of those that have ended, and are kept.</param>
internal sealed record RetainedWork(IReadOnlyList<SegmentationJob> Left, IReadOnlySet<string> Files);
