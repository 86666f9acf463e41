using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FrozenSeg.Functions.Options;
using FrozenSeg.Functions.Storage;
using FrozenSeg.Functions.Triggers;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace FrozenSeg.Functions.Manifests;

/// <summary>What <see cref="SegmentManifest"/> does to the world.</summary>
/// <param name="service">The image storage account.</param>
/// <param name="store">Where artefacts lie.</param>
/// <param name="intake">Turns lines into jobs.</param>
/// <param name="options">Settings of the app.</param>
internal sealed class ManifestActivities(
    BlobServiceClient service, IArtefactStore store, JobIntake intake, IOptions<ServiceOptions> options)
{
    /// <summary>Cuts a manifest into pages.</summary>
    public const string Plan = "PlanManifest";

    /// <summary>Reads a page.</summary>
    public const string Read = "ReadManifestPage";

    /// <summary>Keeps the rows of a page.</summary>
    public const string Write = "WriteManifestRows";

    /// <summary>Joins the rows.</summary>
    public const string Close = "CloseManifest";

    private const string ResultName = "manifest.jsonl";
    private const long MaxBytes = 256L << 20;

    /// <summary>Cuts a manifest into pages, each a small artefact.</summary>
    [Function(Plan)]
    public async Task<ManifestPlan> PlanAsync([ActivityTrigger] ManifestState state, CancellationToken cancellation)
    {
        try
        {
            string[] lines = await LinesAsync(state.Manifest, cancellation);
            int pageSize = options.Value.ManifestParallelism;
            string[][] pages =
                [.. lines.Select((text, i) => $"{i + 1} {text}").Where(line => !line.EndsWith(' ')).Chunk(pageSize)];
            for (int i = 0; i < pages.Length; i++)
                await store.PutAsync(
                    PageKey(state.Id, i), Encoding.UTF8.GetBytes(string.Join('\n', pages[i])), cancellation);
            return pages.Length > 0
                ? new ManifestPlan(pages.Sum(page => page.Length), pages.Length, [])
                : Impossible(state, "it holds no line", "Put one request on each line");
        }
        catch (RequestFailedException failure) when (failure.IsMissing())
        {
            return Impossible(state, "there is no such blob", "Upload it first");
        }
        catch (SegmentationProblemException failure)
        {
            return new ManifestPlan(0, 0, failure.Problems);
        }
    }

    /// <summary>The lines of a page as jobs, or with what is wrong with them.</summary>
    [Function(Read)]
    public async Task<ManifestLine[]> ReadAsync(
        [ActivityTrigger] ManifestPageInput input, CancellationToken cancellation)
    {
        string page = Encoding.UTF8.GetString(await store.GetAsync(PageKey(input.Id, input.Page), cancellation));
        return await Task.WhenAll(page.Split('\n').Select(line => ReadLineAsync(input.Id, line, cancellation)));
    }

    /// <summary>Keeps the rows of a page.</summary>
    [Function(Write)]
    public Task WriteAsync([ActivityTrigger] ManifestRows rows, CancellationToken cancellation)
    {
        IEnumerable<string> lines = rows.Rows.Select(
            row => JsonSerializer.Serialize(row, ManifestJsonContext.Default.ManifestRow));
        return store.PutAsync(
            RowsKey(rows.Id, rows.Page), Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), cancellation);
    }

    /// <summary>Joins the rows into the result.</summary>
    [Function(Close)]
    public async Task<WorkflowResult> CloseAsync([ActivityTrigger] ManifestState state, CancellationToken cancellation)
    {
        using var all = new MemoryStream();
        for (int page = 0; page < state.Plan!.Pages; page++)
            all.Write(await store.GetAsync(RowsKey(state.Id, page), cancellation));
        ArtefactReference rows = await store.PutAsync(
            ArtefactKey.Parse($"results/{state.Id}/{ResultName}"), all.ToArray(), cancellation);
        var progress = new ManifestProgress(state.Plan.Lines, state.Done, state.Failed);
        var published = new PublishedFiles(
            new Dictionary<string, ArtefactReference> { [ResultName] = rows }, state.Done - state.Failed);
        return new WorkflowResult(published, [], progress.Warnings(), progress.ToWorkflow());
    }

    private async Task<string[]> LinesAsync(BlobAddress manifest, CancellationToken cancellation)
    {
        if (manifest.Container != Containers.Uploads)
            throw Problem(
                manifest,
                $"the service reads no blobs from '{manifest.Container}'",
                $"Use the container '{Containers.Uploads}'").ToException();
        BlobClient blob = service.GetBlobContainerClient(manifest.Container).GetBlobClient(manifest.Name);
        BlobProperties found = await blob.GetPropertiesAsync(cancellationToken: cancellation);
        if (found.ContentLength > MaxBytes)
            throw Problem(manifest, $"it has {found.ContentLength:N0} bytes; {MaxBytes:N0} are allowed", "Split it")
                .ToException();
        BlobDownloadResult content = await blob.DownloadContentAsync(cancellation);
        string[] lines = content.Content.ToString()
            .ReplaceLineEndings("\n")
            .Split('\n', StringSplitOptions.TrimEntries);
        return lines.Length <= options.Value.ManifestMaxLines + 1
            ? lines
            : throw Problem(manifest, $"it has more than {options.Value.ManifestMaxLines:N0} lines", "Split it")
                .ToException();
    }

    private async Task<ManifestLine> ReadLineAsync(string id, string numbered, CancellationToken cancellation)
    {
        string[] parts = numbered.Split(' ', 2);
        int number = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
        string image = "";
        try
        {
            SegmentationRequest request = RequestJsonContext.Read(Encoding.UTF8.GetBytes(parts[1]), $"line {number}");
            image = request.Image?.Name ?? request.Image?.Blob?.Name ?? request.Image?.Url ?? "";
            return new ManifestLine(
                number, image, await intake.AcceptAsync($"{id}-{number}", request, cancellation), []);
        }
        catch (SegmentationProblemException failure) when (JobIntake.IsFinal(failure))
        {
            return new ManifestLine(number, image, null, failure.Problems);
        }
    }

    /// <summary>Where the pages and rows of a manifest lie.</summary>
    internal static string FolderOf(string id) => $"manifests/{id}/";

    /// <summary>A page of a manifest.</summary>
    internal static ArtefactKey PageKey(string id, int page) => ArtefactKey.Parse($"{FolderOf(id)}page-{page:D6}.txt");

    private static ArtefactKey RowsKey(string id, int page) => ArtefactKey.Parse($"{FolderOf(id)}rows-{page:D6}.jsonl");

    private static ManifestPlan Impossible(ManifestState state, string found, string remedy) =>
        new(0, 0, [Problem(state.Manifest, found, remedy)]);

    private static SegmentationProblem Problem(BlobAddress manifest, string found, string remedy) =>
        new(manifest.Name, found, remedy);
}
