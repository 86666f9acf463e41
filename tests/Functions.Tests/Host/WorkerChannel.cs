using System.Collections.Concurrent;
using System.Threading.Channels;
using FrozenSeg.Functions.Tests.Host.Protocol;
using Grpc.Core;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>The host's end of the line to one worker process: start-up, metadata, invocations, cancellation.</summary>
/// <param name="version">Version of orchestrations that the worker's host says it has.</param>
internal sealed class WorkerChannel(string version) : IDisposable
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _replies = [];
    private readonly ConcurrentDictionary<string, int> _calls = [];
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closed = new();

    /// <summary>Where the worker listens for HTTP requests that the host passes on.</summary>
    public Uri? HttpAddress { get; private set; }

    /// <summary>The functions the worker has, by name.</summary>
    public IReadOnlyDictionary<string, WorkerFunction> Functions { get; private set; } =
        new Dictionary<string, WorkerFunction>();

    /// <summary>What the worker has logged.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>Whether it can go on with an instance of a version: with its own, and with older ones.</summary>
    public bool Takes(string? instanceVersion) =>
        string.IsNullOrEmpty(instanceVersion) || Version.Parse(instanceVersion) <= Version.Parse(version);

    /// <summary>Invocations that the worker has not answered yet.</summary>
    public int InFlight => _replies.Count;

    /// <summary>How often a function was called.</summary>
    public int CallsOf(string function) => _calls.GetValueOrDefault(Functions[function].Id);

    /// <summary>Whether the worker's stream has ended.</summary>
    public bool IsClosed => _closed.IsCancellationRequested;

    /// <summary>Carries the stream until the worker leaves.</summary>
    public async Task ServeAsync(
        IAsyncStreamReader<StreamingMessage> incoming,
        IServerStreamWriter<StreamingMessage> outgoing,
        CancellationToken cancellation)
    {
        _connected.TrySetResult();
        Task writing = WriteAsync(outgoing, cancellation);
        try
        {
            while (await incoming.MoveNext(cancellation))
                Receive(incoming.Current);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The worker was killed, as some tests do.
        }

        _outgoing.Writer.TryComplete();
        await _closed.CancelAsync();
        foreach (TaskCompletionSource<StreamingMessage> reply in _replies.Values)
            reply.TrySetException(new IOException("The worker has left."));
        await writing;
    }

    /// <summary>Waits until the worker has started, and learns its functions.</summary>
    public async Task StartAsync(string applicationFolder, CancellationToken cancellation)
    {
        await _connected.Task.WaitAsync(cancellation);
        var init = new WorkerInitRequest { HostVersion = "4.1054.250", FunctionAppDirectory = applicationFolder };
        StreamingMessage ready = await AskAsync(new StreamingMessage { WorkerInitRequest = init }, cancellation);
        Check("start", ready.WorkerInitResponse.Result);
        if (ready.WorkerInitResponse.Capabilities.TryGetValue("HttpUri", out string? address))
            HttpAddress = new Uri(address);

        var question = new FunctionsMetadataRequest { FunctionAppDirectory = applicationFolder };
        StreamingMessage answer = await AskAsync(
            new StreamingMessage { FunctionsMetadataRequest = question }, cancellation);
        Check("metadata", answer.FunctionMetadataResponse.Result);
        foreach (RpcFunctionMetadata function in answer.FunctionMetadataResponse.FunctionMetadataResults)
            await LoadAsync(function, cancellation);
        Functions = answer.FunctionMetadataResponse.FunctionMetadataResults
            .Select(WorkerFunction.From)
            .ToDictionary(function => function.Name);
        await _started.Task.WaitAsync(cancellation);
    }

    /// <summary>Calls a function and gives what it returned.</summary>
    /// <exception cref="InvocationFailedException">It threw.</exception>
    public async Task<TypedData?> InvokeAsync(InvocationRequest request, CancellationToken cancellation)
    {
        await using CancellationTokenRegistration cancelling = cancellation.Register(() => _outgoing.Writer.TryWrite(
            new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId } }));
        _calls.AddOrUpdate(request.FunctionId, 1, (_, calls) => calls + 1);
        StreamingMessage answer = await AskAsync(
            new StreamingMessage { InvocationRequest = request }, CancellationToken.None);
        Check(request.FunctionId, answer.InvocationResponse.Result);
        return answer.InvocationResponse.ReturnValue;
    }

    /// <summary>Asks the worker to end.</summary>
    public void Terminate() =>
        _outgoing.Writer.TryWrite(new StreamingMessage { WorkerTerminate = new WorkerTerminate() });

    public void Dispose() => _closed.Dispose();

    private async Task LoadAsync(RpcFunctionMetadata function, CancellationToken cancellation)
    {
        var load = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function };
        StreamingMessage loaded = await AskAsync(new StreamingMessage { FunctionLoadRequest = load }, cancellation);
        Check(function.Name, loaded.FunctionLoadResponse.Result);
    }

    private async Task<StreamingMessage> AskAsync(StreamingMessage question, CancellationToken cancellation)
    {
        question.RequestId = question.InvocationRequest?.InvocationId ?? Guid.NewGuid().ToString();
        var reply = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _replies[question.RequestId] = reply;
        if (!_outgoing.Writer.TryWrite(question))
            throw new IOException("The worker has left.");
        return await reply.Task.WaitAsync(cancellation);
    }

    private void Receive(StreamingMessage message)
    {
        if (message.RpcLog is RpcLog entry)
        {
            Log.Enqueue($"{entry.Category}: {entry.Message} {entry.Exception?.Message}");
            if (entry.Category == "Microsoft.Hosting.Lifetime" && entry.Message.StartsWith("Application started"))
                _started.TrySetResult();
        }

        string id = message.InvocationResponse?.InvocationId ?? message.RequestId;
        if (_replies.TryRemove(id, out TaskCompletionSource<StreamingMessage>? reply))
            reply.TrySetResult(message);
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellation)
    {
        try
        {
            await foreach (StreamingMessage message in _outgoing.Reader.ReadAllAsync(cancellation))
                await outgoing.WriteAsync(message, cancellation);
        }
        catch (Exception exception) when (
            exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            _outgoing.Writer.TryComplete();
        }
    }

    private static void Check(string what, StatusResult? result)
    {
        if (result is not null && result.Status is not StatusResult.Types.Status.Success)
            throw new InvocationFailedException(
                result.Exception?.Type ?? what, result.Exception?.Message ?? result.Status.ToString());
    }
}
