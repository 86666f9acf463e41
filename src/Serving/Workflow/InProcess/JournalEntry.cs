using FrozenSeg.Serving.Workflow.Documents;

namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>What the journal holds of one segmentation: one of the three is set.</summary>
/// <param name="Ended">How it ended.</param>
/// <param name="Left">The job, when it has not ended, or nobody can read how.</param>
/// <param name="Damage">Why nothing can be read.</param>
internal sealed record JournalEntry(SegmentationStatus? Ended, AcceptedJob? Left, string? Damage);
