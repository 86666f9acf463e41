using FrozenSeg.Serving.Workflow.Documents;

namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>A job as the journal keeps it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Created">When it was accepted.</param>
public sealed record AcceptedJob(SegmentationJob Job, DateTimeOffset Created);
