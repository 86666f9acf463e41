using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Workflow.Intake;

/// <summary>
/// Checks a request, stores the picture that came with it and the request itself, and names the job. Safe for
/// many callers.
/// </summary>
/// <param name="validator">Says what is wrong with a request.</param>
/// <param name="store">Where pictures and requests lie.</param>
internal sealed class SegmentationIntake(RequestValidator validator, IArtefactStore store)
{
    /// <summary>Accepts a request that names its picture, or holds it.</summary>
    /// <inheritdoc cref="AcceptAsync(string, SegmentationRequest, StagedPicture?, CancellationToken)"/>
    public Task<SegmentationJob> AcceptAsync(string id, SegmentationRequest request, CancellationToken cancellation) =>
        AcceptAsync(id, request, (StagedPicture?)null, cancellation);

    /// <summary>Accepts a request whose picture, when it came beside it, is held.</summary>
    /// <inheritdoc cref="AcceptAsync(string, SegmentationRequest, StagedPicture?, CancellationToken)"/>
    public Task<SegmentationJob> AcceptAsync(
        string id, SegmentationRequest request, FetchedPicture? upload, CancellationToken cancellation) =>
        AcceptAsync(id, WithUpload(request, upload), (StagedPicture?)null, cancellation);

    /// <summary>Accepts a request.</summary>
    /// <param name="id">Id of the segmentation.</param>
    /// <param name="request">The request, as a caller sent it.</param>
    /// <param name="upload">The picture, when it came beside the request and lies in the store; it is kept when all is
    /// well.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="SegmentationProblemException">Something is wrong with the request, everything at once; or the
    /// store cannot be reached.</exception>
    public async Task<SegmentationJob> AcceptAsync(
        string id, SegmentationRequest request, StagedPicture? upload, CancellationToken cancellation)
    {
        SegmentationId.Check(id);
        SegmentationRequest accepted = validator.Check(WithUpload(RefuseStored(request), upload));
        if (upload is not null)
        {
            await upload.Content.KeepAsync(cancellation);
            accepted = accepted with { Image = accepted.Image! with { Name = FileName(accepted.Image.Name) } };
        }

        if (accepted.Image!.Bytes is byte[] content)
        {
            ArtefactReference image = await store.PutAsync(
                ArtefactKey.OfContent("images", content, ""), content, cancellation);
            accepted = accepted with
            {
                Image = new ImageSource { Name = FileName(accepted.Image.Name), Artefact = image },
            };
        }

        byte[] json = RequestJsonContext.Write(accepted);
        ArtefactReference reference = await store.PutAsync(
            ArtefactKey.OfContent("requests", json, ".json"), json, cancellation);
        return new SegmentationJob(
            id, reference, accepted.Method!, accepted.Expansion is not null, accepted.Callback is not null);
    }

    private static SegmentationRequest WithUpload(SegmentationRequest request, FetchedPicture? upload) => upload is null
        ? request
        : request with
        {
            Image = (request.Image ?? new ImageSource { Name = upload.Name }) with { Bytes = upload.Content },
        };

    private static SegmentationRequest WithUpload(SegmentationRequest request, StagedPicture? upload) => upload is null
        ? request
        : request with
        {
            Image = (request.Image ?? new ImageSource { Name = upload.Name }) with
            {
                Artefact = upload.Content.Reference,
            },
        };

    // Otherwise a caller who guesses a key could see another caller's picture.
    private static SegmentationRequest RefuseStored(SegmentationRequest request) =>
        request.Image?.Artefact is null ? request : throw SegmentationProblem.InvalidRequest(
            "image.artefact", "it is not for callers", "Send the picture itself");

    // A name is shown, never opened: what is left of it is the last part, without control characters.
    private static string? FileName(string? name)
    {
        if (name is null)
            return null;
        string last = ProblemText.Clean(name.Split('/', '\\')[^1], 200);
        return last.Length == 0 ? null : last;
    }
}
