using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>Takes messages from queues and starts the functions that wait for them; five failures end on the poison queue.</summary>
/// <param name="host">The host whose functions are started.</param>
/// <param name="connectionString">The storage account.</param>
internal sealed class QueuePoller(FunctionsTestHost host, string connectionString)
{
    private const int MaxDequeueCount = 5;
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(1);

    /// <summary>A client for a queue, with the encoding the host uses.</summary>
    public static QueueClient Open(string connectionString, string queue) =>
        new(connectionString, queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    /// <summary>Polls until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            foreach (WorkerFunction function in host.FunctionsWith("queueTrigger"))
                await LookAsync(function, cancellation);
            await Task.Delay(50, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(WorkerFunction function, CancellationToken cancellation)
    {
        QueueClient queue = Open(connectionString, function.TriggerText("queueName")!);
        try
        {
            foreach (QueueMessage message in (await queue.ReceiveMessagesAsync(8, Visibility, cancellation)).Value)
                await HandleAsync(function, queue, message, cancellation);
        }
        catch (Exception exception) when (exception is RequestFailedException or OperationCanceledException or AggregateException)
        {
            // There is no such queue yet, or the host is closing.
        }
    }

    private async Task HandleAsync(WorkerFunction function, QueueClient queue, QueueMessage message, CancellationToken cancellation)
    {
        try
        {
            await host.RaiseMessageAsync(function, message.Body.ToString(), cancellation);
        }
        catch (Exception exception) when (exception is InvocationFailedException or IOException)
        {
            if (message.DequeueCount < MaxDequeueCount)
            {
                await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: cancellation);
                return;
            }

            QueueClient poison = Open(connectionString, queue.Name + "-poison");
            await poison.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await poison.SendMessageAsync(message.Body, cancellationToken: cancellation);
        }

        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
    }
}
