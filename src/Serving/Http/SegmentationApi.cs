using System.Text.Json;
using FrozenSeg.Serving.Http.Documents;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http;

/// <summary>
/// The HTTP API, whoever hosts it: each method answers one route and never throws. Safe for many callers.
/// </summary>
/// <param name="intake">Accepts requests.</param>
/// <param name="runner">Runs segmentations.</param>
/// <param name="store">Holds their files.</param>
/// <param name="facts">What the service says of itself.</param>
/// <param name="options">How the API behaves.</param>
public sealed class SegmentationApi(
    SegmentationIntake intake, ISegmentationRunner runner, IArtefactStore store, ServiceFacts facts, ApiOptions options)
{
    private readonly ApiKeys _keys = new(options.Keys);
    private readonly UploadReader _reader = new(options);

    /// <summary><c>POST /api/segmentations</c>.</summary>
    public Task<IResult> PostAsync(HttpRequest request, CancellationToken cancellation) =>
        GuardAsync(request, () => StartAsync(request, Guid.CreateVersion7().ToString("N"), cancellation));

    /// <summary><c>PUT /api/segmentations/{id}</c>: the same id and request again start nothing.</summary>
    public Task<IResult> PutAsync(HttpRequest request, string id, CancellationToken cancellation) =>
        GuardAsync(request, () => StartAsync(request, SegmentationId.Check(id), cancellation));

    /// <summary><c>GET /api/segmentations/{id}</c>.</summary>
    public Task<IResult> GetAsync(HttpRequest request, string id, CancellationToken cancellation) => GuardAsync(request, async () =>
    {
        SegmentationStatus status = await runner.FindAsync(id, cancellation) ?? throw Unknown(id);
        return Json(StatusCodes.Status200OK, StatusDocument.From(status));
    });

    /// <summary><c>DELETE /api/segmentations/{id}</c>: stops it; one that has ended stays as it is.</summary>
    public Task<IResult> DeleteAsync(HttpRequest request, string id, CancellationToken cancellation) => GuardAsync(request, async () =>
    {
        SegmentationStatus status = await runner.CancelAsync(id, cancellation) ?? throw Unknown(id);
        return Json(StatusCodes.Status200OK, StatusDocument.From(status));
    });

    /// <summary><c>GET /api/segmentations/{id}/{name}</c>: a file by its public name, <c>result</c> or <c>overlay.png</c>.</summary>
    public Task<IResult> FileAsync(HttpRequest request, string id, string name, CancellationToken cancellation) => GuardAsync(request, async () =>
    {
        SegmentationStatus status = await runner.FindAsync(id, cancellation) ?? throw Unknown(id);
        if (!StatusDocument.FileNames.TryGetValue(name, out string? file))
            throw NotFound(name, "there is no such file", $"Ask for {string.Join(", ", StatusDocument.FileNames.Keys)}");
        if (status.Files.Count == 0)
            throw NoFilesYet(status);
        if (!status.Files.TryGetValue(file, out ArtefactReference? reference))
            throw NotFound(name, "the segmentation has no such file", "Ask for the task or output that makes it");
        byte[] content = await store.GetAsync(ArtefactKey.Parse(reference.Key), cancellation);
        return new ApiResult(StatusCodes.Status200OK, file.EndsWith(".png", StringComparison.Ordinal) ? "image/png" : "application/json", content)
        {
            Headers =
            {
                ["Content-Disposition"] = $"inline; filename=\"{file}\"",
                ["Cache-Control"] = "private, max-age=3600, immutable",
            },
        };
    });

    /// <summary><c>GET /api/models</c>.</summary>
    public Task<IResult> ModelsAsync(HttpRequest request) => GuardAsync(request, () =>
        Task.FromResult<IResult>(Json(StatusCodes.Status200OK, facts.Models())));

    /// <summary><c>GET /api/vocabularies</c>.</summary>
    public Task<IResult> VocabulariesAsync(HttpRequest request) => GuardAsync(request, () =>
        Task.FromResult<IResult>(Json(StatusCodes.Status200OK, new VocabulariesDocument(facts.Vocabularies))));

    /// <summary><c>GET /api/openapi.json</c>.</summary>
    public Task<IResult> OpenApiAsync(HttpRequest request) => GuardAsync(request, () => Task.FromResult(ServiceContent.OpenApi()));

    /// <summary><c>GET /api/schema</c>: the JSON schema of results.</summary>
    public Task<IResult> SchemaAsync(HttpRequest request) => GuardAsync(request, () => Task.FromResult(ServiceContent.Schema()));

    /// <summary><c>GET /</c>: the page.</summary>
    public Task<IResult> PageAsync(HttpRequest request) => GuardAsync(request, () => Task.FromResult(ServiceContent.Page()));

    /// <summary><c>GET /api/health</c>: the one route that asks for no key.</summary>
    public async Task<IResult> HealthAsync(CancellationToken cancellation)
    {
        HealthDocument health = await facts.HealthAsync(cancellation);
        return Json(health.Reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, health);
    }

    private async Task<IResult> StartAsync(HttpRequest request, string id, CancellationToken cancellation)
    {
        UploadedRequest upload = await _reader.ReadAsync(request, cancellation);
        SegmentationJob job = await intake.AcceptAsync(id, upload.Request, upload.Picture, cancellation);
        SegmentationStatus status = await StartAsync(job, cancellation);
        TimeSpan wait = WaitPreference.Read(request, options.LongestWait);
        if (wait > TimeSpan.Zero && !status.HasEnded)
            status = await runner.WaitAsync(id, wait, cancellation) ?? status;

        ApiResult answer = Json(status.HasEnded ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, StatusDocument.From(status));
        answer.Headers["Location"] = $"/api/segmentations/{id}";
        if (!status.HasEnded)
            answer.Headers["Retry-After"] = "1";
        if (wait > TimeSpan.Zero)
            answer.Headers["Preference-Applied"] = $"wait={(int)wait.TotalSeconds}";
        return answer;
    }

    private async Task<SegmentationStatus> StartAsync(SegmentationJob job, CancellationToken cancellation)
    {
        // An id that is taken is a conflict, not a mistake in the request.
        if (await runner.FindAsync(job.Id, cancellation) is SegmentationStatus known && known.RequestKey != job.Request.Key)
        {
            throw new ApiProblemException(StatusCodes.Status409Conflict, new SegmentationProblem(
                ProblemKind.InvalidRequest, job.Id, "there is a segmentation of this id with another request", "Use another id"));
        }

        return await runner.StartAsync(job, cancellation);
    }

    private async Task<IResult> GuardAsync(HttpRequest request, Func<Task<IResult>> handle)
    {
        try
        {
            if (!_keys.Allows(request))
                throw Stranger("x-api-key", "the key is missing or unknown", "Send a key in x-api-key or as Bearer");
            if (options.NeedsPrincipal)
                Admit(CallerPrincipal.Of(request));
            return await handle();
        }
#pragma warning disable CA1031 // The edge of the service: every failure becomes a problem document.
        catch (Exception failure) when (failure is not OperationCanceledException || !request.HttpContext.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return ProblemResults.From(failure, request.Path);
        }
    }

    private void Admit(CallerPrincipal caller)
    {
        if (!caller.IsNamed)
            throw Stranger("Authorization", "nobody is signed in", "Send a token of Microsoft Entra ID as Bearer");
        if (options.CallerRole is string role && !caller.Roles.Contains(role))
        {
            throw new ApiProblemException(StatusCodes.Status403Forbidden, new SegmentationProblem(
                ProblemKind.InvalidRequest, "Authorization", $"the token does not have the role '{role}'", "Have it assigned to you in Microsoft Entra ID"));
        }
    }

    private static ApiResult Json<T>(int status, T document) => new(
        status, "application/json", JsonSerializer.SerializeToUtf8Bytes(document, typeof(T), ServingJsonContext.Default));

    private static ApiProblemException NoFilesYet(SegmentationStatus status) => new(
        StatusCodes.Status409Conflict,
        status.HasEnded
            ? status.Problems.Count > 0
                ? status.Problems[0]
                : new SegmentationProblem(ProblemKind.InvalidRequest, status.Id, "the segmentation was cancelled", "Start another")
            : new SegmentationProblem(ProblemKind.InvalidRequest, status.Id, "the segmentation has not ended", "Ask again later"));

    private static ApiProblemException Stranger(string where, string found, string remedy) => new(
        StatusCodes.Status401Unauthorized, new SegmentationProblem(ProblemKind.InvalidRequest, where, found, remedy));

    private static ApiProblemException Unknown(string id) =>
        NotFound(SegmentationId.IsValid(id) ? id : "id", "there is no such segmentation", "Check the id; old ones are removed");

    private static ApiProblemException NotFound(string where, string found, string remedy) =>
        new(StatusCodes.Status404NotFound, new SegmentationProblem(ProblemKind.InvalidRequest, where, found, remedy));
}
