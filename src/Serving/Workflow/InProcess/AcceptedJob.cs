using FrozenSeg.Serving.Workflow.Documents;

namespace FrozenSeg.Serving.Workflow.InProcess;

/// <summary>A job as the journal keeps it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Created">When it was accepted.</param>
internal sealed record AcceptedJob(SegmentationJob Job, DateTimeOffset Created)
{
    /// <summary>
    /// Whether it is whole, and the one of that id: a document that is JSON can still be something else.
    /// </summary>
    internal bool IsOf(string id) => Job is { Request.Key.Length: > 0, Method.Length: > 0 } && Job.Id == id;
}
