using FrozenSeg.Functions.Manifests;
using FrozenSeg.Functions.Orchestrations;
using FrozenSeg.Functions.Storage;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Functions.Triggers;

/// <summary>A media pipeline asks for a segmentation, or for many.</summary>
/// <param name="intake">Turns requests into jobs.</param>
/// <param name="log">The log.</param>
internal sealed class OnRequest(JobIntake intake, ILogger<OnRequest> log)
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "segmentation-requests";

    /// <summary>
    /// Starts what a message asks for; a message that is wrong becomes a segmentation that has failed.
    /// </summary>
    [Function(nameof(OnRequest))]
    public async Task RunAsync(
        [QueueTrigger(Queue, Connection = Containers.Connection)] string message,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var runner = new DurableSegmentationRunner(client);
        string text = MessageText.Read(message);
        string id = QueueMessage.IdOf(text);
        var request = new SegmentationRequest();
        try
        {
            QueueMessage read = QueueMessage.Read(text);
            if (read.Manifest is string manifest)
            {
                Log.Begun(log, await runner.TryStartAsync(
                    new ManifestState(id, new BlobAddress(Containers.Uploads, manifest)), cancellation), Queue, id);
                return;
            }

            request = read.Request!;
            SegmentationJob job = await intake.AcceptAsync(id, request, cancellation);
            Log.Begun(log, await runner.TryStartAsync(SegmentationStart.Of(job), cancellation), Queue, id);
        }
        catch (SegmentationProblemException failure) when (JobIntake.IsFinal(failure))
        {
            Log.Rejected(log, Queue, failure.Message);
            await runner.TryStartAsync(
                await intake.RejectAsync(id, request, failure.Problems, cancellation), cancellation);
        }
    }
}
