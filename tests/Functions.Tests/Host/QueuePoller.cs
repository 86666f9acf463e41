using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>
/// Takes messages from queues and starts the functions that wait for them; five failures end on the poison queue. A
/// poison queue has none of its own: what fails there comes again and again.
/// </summary>
/// <param name="host">The host whose functions are started.</param>
/// <param name="connectionString">The storage account.</param>
internal sealed class QueuePoller(FunctionsTestHost host, string connectionString)
{
    private const int MaxDequeueCount = 5;
    private const string PoisonSuffix = "-poison";
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(1);

    /// <summary>A client for a queue that sends base64, as most do.</summary>
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
        var queue = new QueueClient(connectionString, function.TriggerText("queueName")!);
        try
        {
            foreach (QueueMessage message in (await queue.ReceiveMessagesAsync(8, Visibility, cancellation)).Value)
                await HandleAsync(function, queue, message, cancellation);
        }
        catch (Exception exception) when (
            exception is RequestFailedException or OperationCanceledException or AggregateException)
        {
            // There is no such queue yet, or the host is closing.
        }
    }

    private async Task HandleAsync(
        WorkerFunction function, QueueClient queue, QueueMessage message, CancellationToken cancellation)
    {
        try
        {
            if (Decode(message.Body.ToString()) is string text)
                await host.RaiseMessageAsync(function, text, cancellation);
            else
                await PoisonAsync(queue, message, cancellation);
        }
        catch (Exception exception) when (exception is InvocationFailedException or IOException)
        {
            if (message.DequeueCount < MaxDequeueCount || queue.Name.EndsWith(PoisonSuffix, StringComparison.Ordinal))
            {
                await queue.UpdateMessageAsync(
                    message.MessageId,
                    message.PopReceipt,
                    visibilityTimeout: TimeSpan.Zero,
                    cancellationToken: cancellation);
                return;
            }

            await PoisonAsync(queue, message, cancellation);
        }

        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
    }

    private static string? Decode(string body)
    {
        if (!HostJson.DecodesMessages)
            return body;
        byte[] decoded = new byte[body.Length];
        return Convert.TryFromBase64String(body, decoded, out int length)
            ? Encoding.UTF8.GetString(decoded, 0, length)
            : null;
    }

    private async Task PoisonAsync(QueueClient queue, QueueMessage message, CancellationToken cancellation)
    {
        var poison = new QueueClient(connectionString, queue.Name + PoisonSuffix);
        await poison.CreateIfNotExistsAsync(cancellationToken: cancellation);
        await poison.SendMessageAsync(message.Body, cancellationToken: cancellation);
    }
}
