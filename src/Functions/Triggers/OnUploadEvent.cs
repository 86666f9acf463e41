using FrozenSeg.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Functions.Triggers;

/// <summary>An upload's event came by way of a queue: where Event Grid cannot call the app.</summary>
/// <param name="intake">Turns uploads into segmentations.</param>
/// <param name="log">The log.</param>
internal sealed class OnUploadEvent(UploadIntake intake, ILogger<OnUploadEvent> log)
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "upload-events";

    /// <summary>Starts what the upload asks for; what is not an event of an upload starts nothing.</summary>
    [Function(nameof(OnUploadEvent))]
    public async Task RunAsync(
        [QueueTrigger(Queue, Connection = Containers.Connection)] string message,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (UploadEvent.NameOf(MessageText.Read(message)) is string name)
            await intake.AcceptAsync(name, client, cancellation);
        else
            Log.Rejected(log, Queue, "it is not the event of an upload");
    }
}
