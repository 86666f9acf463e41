using FrozenSeg.Pipeline.Families.Sam.Interaction;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Interaction.Documents;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Interaction;

/// <summary>
/// Answers while somebody watches: points and boxes to masks, an example to its like. Encoders run one at a time beside
/// the segmentations; the mask decoder, milliseconds, does not wait. Safe for many callers.
/// </summary>
internal sealed class InteractionService : IDisposable
{
    private const float DefaultThreshold = 0.5f;
    private const int DefaultLimit = 100, MaxLimit = 10_000;

    private readonly ModelLibrary _library;
    private readonly InteractionPictures _pictures;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _encoding = new(1);

    /// <param name="store">Where pictures lie.</param>
    /// <param name="runner">Knows segmentations.</param>
    /// <param name="library">The networks.</param>
    /// <param name="limits">What a picture may cost.</param>
    /// <param name="time">The clock.</param>
    public InteractionService(
        IArtefactStore store, ISegmentationRunner runner, ModelLibrary library, ImageLimits limits, TimeProvider time)
    {
        _library = library;
        _pictures = new InteractionPictures(store, runner, library, limits);
        _time = time;
    }

    /// <summary>Keeps a picture and encodes it.</summary>
    /// <exception cref="SegmentationProblemException">The picture cannot be used.</exception>
    public async Task<EmbeddingDocument> EmbedAsync(FetchedPicture upload, CancellationToken cancellation)
    {
        long start = _time.GetTimestamp();
        (string id, InteractivePicture picture) = await _pictures.AddAsync(upload, cancellation);
        await PrepareAsync(picture, cancellation);
        return new EmbeddingDocument(id, picture.Width, picture.Height, picture.ModelName, Seconds(start));
    }

    /// <summary>Masks of what a request shows.</summary>
    /// <exception cref="SegmentationProblemException">The request is wrong; carries all problems.</exception>
    public async Task<PredictionDocument> PredictAsync(PredictionRequest request, CancellationToken cancellation)
    {
        long start = _time.GetTimestamp();
        IReadOnlyList<SamPrompt> prompts = PromptReader.Read(request);
        (string id, InteractivePicture picture) = await _pictures.FindAsync(
            request.Image, request.Segmentation, cancellation);
        StartMask? begin = request.Refine is RefinedMask refined ? Earlier(refined)
            : request.Mask is MaskRle mask ? StartMask.From(PromptReader.Mask(mask, "mask")) : null;
        bool several = request.Multimask ?? (begin is null && prompts is [{ Box: null, Points.Count: 1 }]);
        await PrepareAsync(picture, cancellation);
        (int Prompt, PredictedMask Mask)[] masks = await Task.Run(
            () => prompts.SelectMany((prompt, i) => picture.Predict(prompt, begin, several, cancellation).Select(
                found => (i, found))).ToArray(),
            cancellation);
        string prediction = Guid.CreateVersion7().ToString("N");
        Keep(prediction, [.. masks.Select(entry => entry.Mask)], cancellation);
        return new PredictionDocument(
            prediction, id, picture.Width, picture.Height, picture.ModelName, Seconds(start),
                [.. masks.Select(entry => Document(entry.Prompt, entry.Mask))]);
    }

    /// <summary>The segments of a segmentation that look like an example.</summary>
    /// <exception cref="SegmentationProblemException">The request is wrong.</exception>
    public async Task<SimilarDocument> FindSimilarAsync(SimilarRequest request, CancellationToken cancellation)
    {
        Exemplar example = request.Example
            ?? throw SegmentationProblem.InvalidRequest("example", "there is none", "Name a segment, a box or a mask");
        string among = request.Among
            ?? example.Segmentation
            ?? throw SegmentationProblem.InvalidRequest("among", "no segmentation is named", "Say where to look");
        int limit = request.Limit ?? DefaultLimit;
        if (limit is < 1 or > MaxLimit)
            throw SegmentationProblem.InvalidRequest(
                "limit", $"{limit} is not a number of segments", $"Use 1 to {MaxLimit}");
        SegmentationResult result = await _pictures.ResultAsync(among, cancellation);
        (_, InteractivePicture examplePicture) = await _pictures.FindAsync(
            example.Image, example.Segmentation, cancellation);
        (_, InteractivePicture picture) = await _pictures.FindAsync(null, among, cancellation);
        RunLengthEncoding shown = await ShownAsync(example, examplePicture, cancellation);
        await PrepareAsync(picture, cancellation);
        IReadOnlyList<(int Index, float Cosine)> found = await Task.Run(
            () => Likeness.Rank(
                examplePicture.Describe([shown], cancellation)[0],
                picture.Describe([.. result.Segments.Select(segment => segment.Segmentation.Decode())], cancellation),
                request.Threshold ?? DefaultThreshold),
            cancellation);
        return new SimilarDocument(among, picture.ModelName,
        [
            .. found.Take(limit)
                .Select(entry => (Segment: result.Segments[entry.Index], entry.Cosine))
                .Select(entry => new SimilarSegment(
                    entry.Segment.Id,
                    entry.Segment.Label,
                    Math.Round(entry.Cosine, 4),
                    entry.Segment.Area,
                    entry.Segment.Bbox)),
        ]);
    }

    /// <inheritdoc/>
    public void Dispose() => _encoding.Dispose();

    private async Task<RunLengthEncoding> ShownAsync(
        Exemplar example, InteractivePicture picture, CancellationToken cancellation)
    {
        await PrepareAsync(picture, cancellation);
        switch (example)
        {
            case { Segment: int id, Segmentation: string segmentation, Box: null, Mask: null }:
                ResultSegment segment = (await _pictures.ResultAsync(
                    segmentation, cancellation)).Segments.FirstOrDefault(known => known.Id == id)
                    ?? throw SegmentationProblem.InvalidRequest(
                        "example.segment", $"there is no segment {id}", "Use one of the result");
                return segment.Segmentation.Decode();
            case { Mask: MaskRle mask, Segment: null, Box: null }:
                RunLengthEncoding given = PromptReader.Mask(mask, "example.mask");
                return given.Width == picture.Width && given.Height == picture.Height
                    ? given
                    : throw SegmentationProblem.InvalidRequest(
                        "example.mask",
                        $"it has {given.Width}×{given.Height} pixels, the picture {picture.Width}×{picture.Height}",
                        "Give a mask of this picture");
            case { Box: { Count: 4 } box, Segment: null, Mask: null }:
                return await Task.Run(
                    () => picture.Predict(
                        SamPrompt.FromBox(PromptReader.Box(box)), null, multimask: false, cancellation)[0].Segmentation,
                    cancellation);
            default:
                throw SegmentationProblem.InvalidRequest(
                    "example",
                    "it is not one segment, one box of four numbers, or one mask",
                    "Give exactly one of them");
        }
    }

    private async Task PrepareAsync(InteractivePicture picture, CancellationToken cancellation)
    {
        await _encoding.WaitAsync(cancellation);
        try
        {
            await Task.Run(() => picture.Prepare(cancellation), cancellation);
        }
        finally
        {
            _encoding.Release();
        }
    }

    private void Keep(string prediction, IReadOnlyList<PredictedMask> masks, CancellationToken cancellation) =>
        _library.Features.Get(KeyOf(prediction), () => new KeptLogits(masks), kept => kept.ByteCount, cancellation)
            .Dispose();

    private StartMask Earlier(RefinedMask refined)
    {
        using FeatureLease<KeptLogits>? kept = _library.Features.Find<KeptLogits>(KeyOf(refined.Prediction));
        return kept is not null && refined.Mask >= 0 && refined.Mask < kept.Value.Logits.Count
            ? StartMask.FromLogits(kept.Value.Logits[refined.Mask])
            : throw SegmentationProblem.InvalidRequest(
                "refine", "there is no such mask any more", "Send the mask itself, as mask");
    }

    private double Seconds(long start) => Math.Round(_time.GetElapsedTime(start).TotalSeconds, 4);

    private static string KeyOf(string prediction) => $"prediction:{prediction}";

    private static PredictionMask Document(int prompt, PredictedMask mask)
    {
        ResultSegment segment = ResultSegment.Of(
            1, mask.Segmentation, null, "", null, 0, isThing: true, SegmentSource.Automask);
        return new PredictionMask(
            prompt,
            Math.Round(Math.Clamp(mask.PredictedIoU, 0, 1), 4),
            segment.Area,
            segment.Bbox,
            segment.Segmentation);
    }
}
