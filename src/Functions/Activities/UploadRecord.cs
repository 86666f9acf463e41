using FrozenSeg.Serving.Workflow.Documents;

namespace FrozenSeg.Functions.Activities;

/// <summary>Input of <see cref="RecordUpload"/>.</summary>
/// <param name="Upload">The blob.</param>
/// <param name="Job">The job it became.</param>
/// <param name="Result">How that ended.</param>
/// <param name="Ended">When.</param>
public sealed record UploadRecord(string Upload, SegmentationJob Job, WorkflowResult Result, DateTime Ended);
