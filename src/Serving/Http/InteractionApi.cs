using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Serving.Http.Uploads;
using FrozenSeg.Serving.Interaction;
using FrozenSeg.Serving.Interaction.Documents;
using FrozenSeg.Serving.Workflow.Intake;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Serving.Http;

/// <summary>
/// The routes that answer while somebody watches. Each method answers one route and never throws. Safe for many
/// callers.
/// </summary>
/// <param name="interaction">Answers.</param>
/// <param name="service">What the service may reach and cost.</param>
/// <param name="options">How the API behaves.</param>
/// <param name="store">Where pictures are kept.</param>
/// <param name="log">Told of unexpected failures.</param>
internal sealed class InteractionApi(
    InteractionService interaction, LocalServiceOptions service, ApiOptions options, IArtefactStore store, ILogger log)
{
    // A photograph's masks take some 100 KB; thousands of detailed ones some megabytes.
    private const int ResultBytes = 64 << 20;

    private readonly ApiGuard _guard = new(options, log);
    private readonly UploadReader _reader = new(options, store);

    /// <summary><c>POST /api/embeddings</c>.</summary>
    public Task<IResult> EmbedAsync(HttpRequest request, CancellationToken cancellation) =>
        _guard.AnswerAsync(request, async () =>
        {
            using ByteShare share = options.BytesInFlight.Open();
            await using UploadedRequest upload = await _reader.ReadAsync(request, share, cancellation);
            FetchedPicture picture = upload.Picture is StagedPicture staged
                ? await KeepAsync(staged, cancellation)
                : await PictureAsync(upload.Request.Image, cancellation);
            return Json(
                await interaction.EmbedAsync(picture, cancellation), InteractionJsonContext.Default.EmbeddingDocument);
        });

    /// <summary><c>POST /api/predictions</c>.</summary>
    public Task<IResult> PredictAsync(HttpRequest request, CancellationToken cancellation) =>
        _guard.AnswerAsync(request, async () =>
        {
            PredictionRequest prompts = await JsonBody.ReadAsync(
                request, options.MaxOptionsBytes, InteractionJsonContext.Default.PredictionRequest, cancellation);
            return Json(
                await interaction.PredictAsync(prompts, cancellation),
                InteractionJsonContext.Default.PredictionDocument);
        });

    /// <summary><c>POST /api/similar</c>.</summary>
    public Task<IResult> FindSimilarAsync(HttpRequest request, CancellationToken cancellation) =>
        _guard.AnswerAsync(request, async () =>
        {
            SimilarRequest example = await JsonBody.ReadAsync(
                request, options.MaxOptionsBytes, InteractionJsonContext.Default.SimilarRequest, cancellation);
            return Json(
                await interaction.FindSimilarAsync(example, cancellation),
                InteractionJsonContext.Default.SimilarDocument);
        });

    /// <summary><c>POST /api/exports/{form}</c>: a result in another form; several files come as a ZIP.</summary>
    public Task<IResult> ExportAsync(HttpRequest request, string form, CancellationToken cancellation) =>
        _guard.AnswerAsync(request, async () =>
        {
            if (service.Exporter?.Forms.Contains(form) != true)
            {
                throw new ApiProblemException(StatusCodes.Status404NotFound, new SegmentationProblem(
                    "form",
                    "there is no such form",
                    $"Use one of {string.Join(", ", service.Exporter?.Forms ?? [])}"));
            }

            SegmentationResult result = await ResultUpload.ReadAsync(
                request, ResultBytes, service.Limits, cancellation);
            return ExportedFiles.Answer(
                await Task.Run(() => service.Exporter.Export(result, form), cancellation), form);
        });

    /// <summary><c>GET /api/examples</c>.</summary>
    public Task<IResult> ExamplesAsync(HttpRequest request) =>
        _guard.AnswerAsync(request, () => Task.FromResult<IResult>(Json(
            ExampleCatalogue.List(knowsPhotographs: !BundledModels.IsNano(service.Library.Selection.Sam)),
            ServingJsonContext.Default.ExamplesDocument)));

    /// <summary><c>GET /api/examples/{name}</c>.</summary>
    public Task<IResult> ExampleAsync(HttpRequest request, string name) =>
        _guard.AnswerAsync(request, () => Task.FromResult<IResult>(
            ExampleCatalogue.Find(name) is byte[] content
                ? new ApiResult(
                    StatusCodes.Status200OK,
                    name.EndsWith(".png", StringComparison.Ordinal) ? "image/png" : "image/jpeg",
                    content)
                : throw new ApiProblemException(StatusCodes.Status404NotFound, new SegmentationProblem(
                    "name", "there is no such example", "Use one of /api/examples"))));

    private async Task<FetchedPicture> KeepAsync(StagedPicture picture, CancellationToken cancellation)
    {
        await picture.Content.KeepAsync(cancellation);
        return new FetchedPicture(
            picture.Name, await store.GetAsync(ArtefactKey.Parse(picture.Content.Reference.Key), cancellation));
    }

    private async Task<FetchedPicture> PictureAsync(ImageSource? source, CancellationToken cancellation)
    {
        if (source?.Bytes is byte[] content)
            return new FetchedPicture(source.Name ?? "image", content);
        if (source?.Url is not null && service is { AllowsUrls: true, Fetcher: IPictureFetcher fetcher })
            return await fetcher.FetchAsync(source, cancellation);
        throw SegmentationProblem.InvalidRequest(
            "image", "there is no picture in the request", "Send it as the form's part image, or as image.bytes");
    }

    private static ApiResult Json<T>(T document, JsonTypeInfo<T> type) =>
        new(StatusCodes.Status200OK, "application/json", JsonSerializer.SerializeToUtf8Bytes(document, type));
}
