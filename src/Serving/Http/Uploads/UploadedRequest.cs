using FrozenSeg.Serving.Workflow.Intake;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Http.Uploads;

/// <summary>What a caller sent.</summary>
/// <param name="Request">The request.</param>
/// <param name="Picture">The picture, when it came as a part of its own; not kept yet.</param>
internal sealed record UploadedRequest(SegmentationRequest Request, StagedPicture? Picture) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Picture?.Content.DisposeAsync() ?? ValueTask.CompletedTask;
}
