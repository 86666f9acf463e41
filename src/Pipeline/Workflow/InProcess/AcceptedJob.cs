using FrozenSeg.Pipeline.Workflow.Documents;

namespace FrozenSeg.Pipeline.Workflow.InProcess;

/// <summary>A job as the journal keeps it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Created">When it was accepted.</param>
public sealed record AcceptedJob(SegmentationJob Job, DateTimeOffset Created);
