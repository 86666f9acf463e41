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
/// What could not be handled in five attempts ends as a segmentation that has failed, with the reason: nothing that
/// came in is without an answer. Whatever is on a poison queue must be readable here: a message that fails there
/// circles.
/// </summary>
/// <param name="intake">Turns requests into jobs.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal sealed class Poison(JobIntake intake, TimeProvider time, ILogger<Poison> log)
{
    /// <summary>What the host puts behind the name of a queue.</summary>
    public const string Suffix = "-poison";

    /// <summary>Where the blob trigger leaves uploads.</summary>
    public const string UploadQueue = "webjobs-blobtrigger" + Suffix;

    /// <summary>An upload that could not be handled.</summary>
    [Function("OnPoisonUpload")]
    public Task OnUploadAsync(
        [QueueTrigger(UploadQueue, Connection = Containers.Connection)] string message,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        string text = MessageText.Read(message);
        return Upload(text) is (string name, string etag)
            ? FailUploadAsync(client, name, etag, cancellation)
            : FailAsync(client, QueueMessage.IdOf(text), new SegmentationRequest(), null, cancellation);
    }

    /// <summary>An upload whose event could not be handled.</summary>
    [Function("OnPoisonUploadEvent")]
    public Task OnUploadEventAsync(
        [QueueTrigger(OnUploadEvent.Queue + Suffix, Connection = Containers.Connection)] string message,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        string text = MessageText.Read(message);
        return UploadEvent.NameOf(text) is string name
            ? FailUploadAsync(client, name, text, cancellation)
            : FailAsync(client, QueueMessage.IdOf(text), new SegmentationRequest(), null, cancellation);
    }

    /// <summary>A message that could not be handled.</summary>
    [Function("OnPoisonRequest")]
    public Task OnRequestAsync(
        [QueueTrigger(OnRequest.Queue + Suffix, Connection = Containers.Connection)] string message,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        FailAsync(client, QueueMessage.IdOf(MessageText.Read(message)), new SegmentationRequest(), null, cancellation);

    private static (string Name, string ETag)? Upload(string text)
    {
        try
        {
            using JsonDocument poison = JsonDocument.Parse(text);
            return poison.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("BlobName", out JsonElement name) && name.ValueKind is JsonValueKind.String
                && root.TryGetProperty("ETag", out JsonElement etag) && etag.ValueKind is JsonValueKind.String
                    ? (name.GetString()!, etag.GetString()!.Trim('"'))
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Task FailUploadAsync(DurableTaskClient client, string name, string version, CancellationToken cancellation)
    {
        var image = new ImageSource { Blob = new BlobAddress(Containers.Uploads, name), Name = Path.GetFileName(name) };
        return FailAsync(client, SegmentationIds.Of('p', name, version), new SegmentationRequest
        {
            Image = image,
        }, name, cancellation);
    }

    private async Task FailAsync(
        DurableTaskClient client,
        string id,
        SegmentationRequest request,
        string? upload,
        CancellationToken cancellation)
    {
        var problem = new SegmentationProblem(
            ProblemKind.Storage,
            upload ?? "message",
            "it could not be handled in five attempts",
            "Send it again; the log says what failed each time");
        Log.Rejected(log, upload ?? OnRequest.Queue, problem.Message);
        SegmentationStart start = await intake.RejectAsync(id, request, [problem], cancellation);
        await new DurableSegmentationRunner(client)
            .TryStartAsync(start with { Upload = upload, Accepted = time.GetUtcNow() }, cancellation);
    }
}
