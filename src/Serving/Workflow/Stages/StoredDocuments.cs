using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Large;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Serving.Workflow.Stages;

/// <summary>What stages read from the store: requests, pictures, outcomes.</summary>
/// <param name="services">What the stages work with.</param>
internal sealed class StoredDocuments(StageServices services)
{
    private readonly ImageReader _reader = new(services.Limits);
    private readonly Lock _lock = new();
    private (string Key, PixelImage Pixels)? _latest;

    public async Task<SegmentationRequest> RequestAsync(ArtefactReference request, CancellationToken cancellation) =>
        RequestJsonContext.Read(await BytesAsync(request, cancellation), "request");

    public async Task<SegmentationOutcome> OutcomeAsync(ArtefactReference outcome, CancellationToken cancellation) =>
        WorkflowJsonContext.Read<OutcomeDocument>(await BytesAsync(outcome, cancellation), outcome.Key).ToOutcome();

    /// <summary>What was kept, and nothing else.</summary>
    /// <exception cref="DamagedArtefactException">It is not what was kept.</exception>
    public Task<byte[]> BytesAsync(ArtefactReference artefact, CancellationToken cancellation) =>
        StoredContent.ReadAsync(services.Store, artefact, cancellation);

    /// <summary>
    /// The decoded picture, or the rows of one that is too large to decode. The latest decoded one is kept, because the
    /// stages of one picture follow each other. The caller disposes the rows.
    /// </summary>
    public async Task<(PixelImage? Pixels, IRowSource? Rows)> PictureAsync(
        ArtefactReference image, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_latest is { } latest && latest.Key == image.Key)
                return (latest.Pixels, null);
        }

        byte[] content = await BytesAsync(image, cancellation);
        if (services.MaxTiledPixels > 0 && LargePictures.Takes(services, content, ImageHeader.Read(content, "image")))
            return (null, TiffRows.Open(new MemoryStream(content), "image"));
        PixelImage pixels = _reader.Read(content, "image");
        lock (_lock)
            _latest = (image.Key, pixels);
        return (pixels, null);
    }

    /// <summary>Lets go of the picture that is kept.</summary>
    public void Forget()
    {
        lock (_lock)
            _latest = null;
    }

    /// <summary>What a request asks a method for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="tasks">The answers wanted; empty takes those of the request.</param>
    /// <param name="needsWords">Whether the method takes words.</param>
    /// <exception cref="SegmentationProblemException">There is no such vocabulary.</exception>
    public SegmentationOrder Order(SegmentationRequest request, IReadOnlyList<SegmentationTask> tasks, bool needsWords)
    {
        Vocabulary? words = !needsWords ? null : request.PromptVocabulary() ?? Find(request.Vocabulary);
        return new SegmentationOrder(words, tasks.Count > 0 ? tasks : request.Tasks ?? []);
    }

    private Vocabulary? Find(string? name) =>
        name is null ? null : services.FindVocabulary(name) ?? throw SegmentationProblem.InvalidRequest(
            "vocabulary", $"there is no vocabulary '{name}'", "Use one that is listed");
}
