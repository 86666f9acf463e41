using System.Text.Json;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Http.Documents;
using FrozenSeg.Serving.Http.Uploads;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Intake;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FrozenSeg.Serving.Http;

/// <summary>
/// The HTTP API, for every host: each method answers one route and never throws. Safe for many callers.
/// </summary>
/// <param name="intake">Accepts requests.</param>
/// <param name="runner">Runs segmentations.</param>
/// <param name="store">Holds their files.</param>
/// <param name="facts">What the service says of itself.</param>
/// <param name="options">How the API behaves.</param>
/// <param name="log">Told of unexpected failures; null tells nobody.</param>
internal sealed class SegmentationApi(
    SegmentationIntake intake,
    ISegmentationRunner runner,
    IArtefactStore store,
    ServiceFacts facts,
    ApiOptions options,
    ILogger? log = null)
{
    private const int MostListed = 1_000, UsuallyListed = 50;

    private readonly ApiGuard _guard = new(options, log ?? NullLogger.Instance);
    private readonly UploadReader _reader = new(options, store);

    /// <summary><c>POST /api/segmentations</c>.</summary>
    public Task<IResult> PostAsync(HttpRequest request, CancellationToken cancellation) =>
        GuardAsync(request, () => StartAsync(request, Guid.CreateVersion7().ToString("N"), cancellation));

    /// <summary><c>PUT /api/segmentations/{id}</c>: the same id and request again start nothing.</summary>
    public Task<IResult> PutAsync(HttpRequest request, string id, CancellationToken cancellation) =>
        GuardAsync(request, () => StartAsync(request, SegmentationId.Check(id), cancellation));

    /// <summary>
    /// <c>GET /api/segmentations</c>: the latest, at most <c>limit</c>, in <c>state</c> if one is given.
    /// </summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellation) =>
        GuardAsync(request, async () =>
        {
            int limit = ListQuery.Limit(request.Query["limit"], UsuallyListed, MostListed);
            SegmentationState? state = ListQuery.State(request.Query["state"]);
            IReadOnlyList<SegmentationStatus> known = await runner.ListAsync(
                state is null ? limit : MostListed, cancellation);
            return Json(StatusCodes.Status200OK, new SegmentationsDocument(
                [.. known.Where(status => state is null || status.State == state).Take(limit).Select(
                    StatusDocument.From)]));
        });

    /// <summary><c>GET /api/segmentations/{id}</c>.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string id, CancellationToken cancellation) =>
        GuardAsync(request, async () =>
        {
            SegmentationStatus status = await runner.FindAsync(id, cancellation) ?? throw Unknown(id);
            return Json(StatusCodes.Status200OK, StatusDocument.From(status));
        });

    /// <summary><c>DELETE /api/segmentations/{id}</c>: stops it; one that has ended stays as it is.</summary>
    public Task<IResult> DeleteAsync(HttpRequest request, string id, CancellationToken cancellation) =>
        GuardAsync(request, async () =>
        {
            SegmentationStatus status = await runner.CancelAsync(id, cancellation) ?? throw Unknown(id);
            return Json(StatusCodes.Status200OK, StatusDocument.From(status));
        });

    /// <summary>
    /// <c>GET /api/segmentations/{id}/{name}</c>: a file by its public name, <c>result</c> or <c>overlay.png</c>.
    /// </summary>
    public Task<IResult> FileAsync(HttpRequest request, string id, string name, CancellationToken cancellation) =>
        GuardAsync(request, async () =>
        {
            SegmentationStatus status = await runner.FindAsync(id, cancellation) ?? throw Unknown(id);
            bool isPicture = name == StatusDocument.PictureName;
            if (!StatusDocument.FileNames.TryGetValue(isPicture ? "result" : name, out string? file))
                throw NotFound(
                    name,
                    "there is no such file",
                    $"Ask for {string.Join(", ", StatusDocument.FileNames.Keys)} or {StatusDocument.PictureName}");
            if (status.Files.Count == 0)
                throw NoFilesYet(status);
            if (!status.Files.TryGetValue(file, out ArtefactReference? reference))
                throw NotFound(name, "the segmentation has no such file", "Ask for the task or output that makes it");
            if (isPicture)
                return await StoredPicture.AnswerAsync(store, reference, cancellation);
            byte[] content = await ReadAsync(id, name, reference, cancellation);
            return new ApiResult(
                StatusCodes.Status200OK,
                file.EndsWith(".png", StringComparison.Ordinal) ? "image/png" : "application/json",
                content)
            {
                Headers =
                {
                    ["Content-Disposition"] = $"inline; filename=\"{file}\"",
                    ["Cache-Control"] = "private, max-age=3600, immutable",
                },
            };
        });

    /// <summary><c>GET /api/segmentations/{id}/events</c>: every change until the end, as server-sent events.</summary>
    public Task<IResult> EventsAsync(HttpRequest request, string id, CancellationToken cancellation) =>
        GuardAsync(request, async () =>
        {
            SegmentationStatus status = await runner.FindAsync(id, cancellation) ?? throw Unknown(id);
            return TypedResults.ServerSentEvents(new ProgressEvents(runner).Follow(status, cancellation));
        });

    /// <summary><c>GET /api/models</c>.</summary>
    public Task<IResult> ModelsAsync(HttpRequest request) => GuardAsync(request, () =>
        Task.FromResult<IResult>(Json(StatusCodes.Status200OK, facts.Models())));

    /// <summary><c>GET /api/vocabularies</c>.</summary>
    public Task<IResult> VocabulariesAsync(HttpRequest request) => GuardAsync(request, () =>
        Task.FromResult<IResult>(Json(StatusCodes.Status200OK, new VocabulariesDocument(facts.Vocabularies))));

    /// <summary><c>GET /api/openapi.json</c>.</summary>
    public Task<IResult> OpenApiAsync(HttpRequest request) =>
        GuardAsync(request, () => Task.FromResult(ServiceContent.OpenApi()));

    /// <summary><c>GET /api/schema</c>: the JSON schema of results.</summary>
    public Task<IResult> SchemaAsync(HttpRequest request) =>
        GuardAsync(request, () => Task.FromResult(ServiceContent.Schema()));

    /// <summary><c>GET /</c>: the page.</summary>
    public Task<IResult> PageAsync(HttpRequest request) =>
        GuardAsync(request, () => Task.FromResult(ServiceContent.Page()));

    /// <summary>
    /// <c>GET /api/health</c>: the one route that asks for no key, and tells those without one little.
    /// </summary>
    public async Task<IResult> HealthAsync(HttpRequest request, CancellationToken cancellation)
    {
        HealthDocument health = await facts.HealthAsync(cancellation);
        return Health(
            !options.HostAsksForKeys && Allows(request) ? health : health.ForStrangers(), health.Reason is null);
    }

    /// <summary><c>GET /api/health/details</c>: all of it, to those who are known.</summary>
    public Task<IResult> HealthDetailsAsync(HttpRequest request, CancellationToken cancellation) =>
        GuardAsync(request, async () =>
        {
            HealthDocument health = await facts.HealthAsync(cancellation);
            return Health(health, health.Reason is null);
        });

    private static ApiResult Health(HealthDocument health, bool isReady) =>
        Json(isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, health);

    private async Task<IResult> StartAsync(HttpRequest request, string id, CancellationToken cancellation)
    {
        // Before the body is read: what is refused leaves nothing behind.
        if (facts.FindRefusal?.Invoke() is ServiceRefusal refusal)
            throw new ApiProblemException(refusal.StatusCode, refusal.Problem);
        SegmentationStatus status = await StartAsync(await AcceptAsync(request, id, cancellation), cancellation);
        TimeSpan wait = WaitPreference.Read(request, options.LongestWait);
        if (wait > TimeSpan.Zero && !status.HasEnded)
            status = await runner.WaitAsync(id, wait, cancellation) ?? status;

        ApiResult answer = Json(
            status.HasEnded ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, StatusDocument.From(status));
        answer.Headers["Location"] = $"/api/segmentations/{id}";
        if (!status.HasEnded)
            answer.Headers["Retry-After"] = "1";
        if (wait > TimeSpan.Zero)
            answer.Headers["Preference-Applied"] = $"wait={(int)wait.TotalSeconds}";
        return answer;
    }

    private async Task<SegmentationJob> AcceptAsync(HttpRequest request, string id, CancellationToken cancellation)
    {
        using ByteShare share = options.BytesInFlight.Open();
        await using UploadedRequest upload = await _reader.ReadAsync(request, share, cancellation);
        return await intake.AcceptAsync(id, upload.Request, upload.Picture, cancellation);
    }

    private async Task<byte[]> ReadAsync(
        string id, string name, ArtefactReference reference, CancellationToken cancellation)
    {
        if (await StoredContent.IsWholeAsync(store, reference, cancellation))
            return await store.GetAsync(ArtefactKey.Parse(reference.Key), cancellation);
        bool isRedone = await runner.RedoAsync(id, cancellation);
        throw new ApiProblemException(
            isRedone ? StatusCodes.Status409Conflict : StatusCodes.Status503ServiceUnavailable,
            new SegmentationProblem(
                ProblemKind.Storage,
                name,
                "the stored file is damaged",
                isRedone ? "Ask again later: it is being made again" : "Send the request again"));
    }

    private async Task<SegmentationStatus> StartAsync(SegmentationJob job, CancellationToken cancellation)
    {
        try
        {
            return await runner.StartAsync(job, cancellation);
        }
        catch (SegmentationProblemException refusal)
        {
            // An id that is taken is a conflict, not a mistake in the request.
            if (await runner.FindAsync(job.Id, cancellation) is { RequestKey.Length: > 0 } known
                && known.RequestKey != job.Request.Key)
                throw new ApiProblemException(StatusCodes.Status409Conflict, refusal.Problems[0]);
            throw;
        }
    }

    private Task<IResult> GuardAsync(HttpRequest request, Func<Task<IResult>> handle) =>
        _guard.AnswerAsync(request, handle);

    /// <summary>Whether the caller has the key, where one is asked for.</summary>
    public bool Allows(HttpRequest request) => _guard.Allows(request);

    private static ApiResult Json<T>(int status, T document) => new(
        status,
        "application/json",
        JsonSerializer.SerializeToUtf8Bytes(document, typeof(T), ServingJsonContext.Default));

    private static ApiProblemException NoFilesYet(SegmentationStatus status) => new(
        StatusCodes.Status409Conflict,
        status.HasEnded
            ? status.Problems.Count > 0
                ? status.Problems[0]
                : new SegmentationProblem(status.Id, "the segmentation was cancelled", "Start another")
            : new SegmentationProblem(status.Id, "the segmentation has not ended", "Ask again later"));

    private static ApiProblemException Unknown(string id) =>
        NotFound(
            SegmentationId.IsValid(id) ? id : "id",
            "there is no such segmentation",
            "Check the id; old ones are removed");

    private static ApiProblemException NotFound(string where, string found, string remedy) =>
        new(StatusCodes.Status404NotFound, new SegmentationProblem(where, found, remedy));
}
