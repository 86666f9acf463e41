using FrozenSeg.Serving.Workflow.Documents;

namespace FrozenSeg.Functions.Activities;

/// <summary>Input of <see cref="RecordUpload"/>.</summary>
/// <param name="Upload">The blob.</param>
/// <param name="Status">How what it became has ended.</param>
internal sealed record UploadRecord(string Upload, SegmentationStatus Status);
