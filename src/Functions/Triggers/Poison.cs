using System.Text.Json;
using FrozenSeg.Functions.Orchestrations;
using FrozenSeg.Functions.Storage;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Functions.Triggers;

/// <summary>
/// What could not be handled in five attempts ends as a segmentation that has failed, with the reason: nothing that came
/// in is without an answer.
/// </summary>
/// <param name="intake">Turns requests into jobs.</param>
/// <param name="log">The log.</param>
public sealed class Poison(JobIntake intake, ILogger<Poison> log)
{
    private const string UploadQueue = "webjobs-blobtrigger-poison";

    /// <summary>An upload that could not be handled.</summary>
    [Function("OnPoisonUpload")]
    public async Task OnUploadAsync(
        [QueueTrigger(UploadQueue, Connection = Containers.Connection)] string message,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        using JsonDocument poison = JsonDocument.Parse(message);
        string name = poison.RootElement.GetProperty("BlobName").GetString()!;
        string etag = poison.RootElement.GetProperty("ETag").GetString()!.Trim('"');
        var image = new ImageSource { Blob = new BlobAddress(Containers.Uploads, name, etag), Name = Path.GetFileName(name) };
        await FailAsync(client, SegmentationIds.Of('p', name, etag), new SegmentationRequest { Image = image }, name, cancellation);
    }

    /// <summary>A message that could not be handled.</summary>
    [Function("OnPoisonRequest")]
    public Task OnRequestAsync(
        [QueueTrigger(OnRequest.Queue + "-poison", Connection = Containers.Connection)] string message,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        FailAsync(client, QueueMessage.IdOf(message), new SegmentationRequest(), null, cancellation);

    private async Task FailAsync(
        DurableTaskClient client, string id, SegmentationRequest request, string? upload, CancellationToken cancellation)
    {
        var problem = new SegmentationProblem(
            ProblemKind.Storage,
            upload ?? "message",
            "it could not be handled in five attempts",
            "Send it again; the log says what failed each time");
        Log.Rejected(log, upload ?? OnRequest.Queue, problem.Message);
        SegmentationStart start = await intake.RejectAsync(id, request, [problem], upload, cancellation);
        await new DurableSegmentationRunner(client).TryStartAsync(start, cancellation);
    }
}
