using System.Collections.Concurrent;
using System.Net;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static Microsoft.DurableTask.Protobuf.TaskHubSidecarService;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>
/// A small Functions host for tests: starts the real worker process, speaks its protocol, and brings what the cloud
/// would: routes and keys, an in-memory task hub, blob events and queues.
/// </summary>
internal sealed class FunctionsTestHost : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, WorkerChannel> _channels = [];
    private readonly ConcurrentQueue<HostedWorker> _workers = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Task> _running = [];
    private readonly WebApplication _application;
    private TaskHubSidecarServiceClient? _hub;
    private DurableDispatcher? _dispatcher;

    private FunctionsTestHost() => _application = Build();

    /// <summary>Where requests go.</summary>
    public Uri Address => AddressAt(0);

    /// <summary>What the workers have written and logged, for the message of a failed test.</summary>
    public string Log => string.Join(
        Environment.NewLine,
        [.. Workers.Select(process => process.Output), .. _channels.Values.SelectMany(channel => channel.Log)]);

    /// <summary>The worker processes, in the order they were started.</summary>
    public IReadOnlyList<WorkerProcess> Workers => [.. _workers.Select(worker => worker.Process)];

    /// <summary>Processor time of the workers, all together.</summary>
    public TimeSpan ProcessorTime =>
        TimeSpan.FromSeconds(Workers.Sum(process => process.ProcessorTime.TotalSeconds));

    /// <summary>How often each worker was called for a function, in the order they were started.</summary>
    public IEnumerable<int> CallsOf(string function) =>
        _workers.Select(worker => worker.Channel.CallsOf(function));

    /// <summary>The task hub.</summary>
    public TaskHubSidecarServiceClient Hub => _hub ??= new TaskHubSidecarServiceClient(
        GrpcChannel.ForAddress(RpcAddress, new GrpcChannelOptions { MaxReceiveMessageSize = null }));

    private Uri RpcAddress => AddressAt(1);

    /// <summary>A client of the task hub, as functions get one.</summary>
    public DurableTaskClient CreateClient() => new GrpcDurableTaskClient(
        "tests",
        new GrpcDurableTaskClientOptions
        {
            Address = RpcAddress.ToString(),
            DataConverter = new JsonDataConverter(Messages.Json),
        },
        NullLogger.Instance);

    private IEnumerable<WorkerChannel> Channels =>
        _workers.Select(worker => worker.Channel).Where(channel => !channel.IsClosed);

    /// <summary>Starts the host with one worker.</summary>
    /// <param name="connectionString">The storage account whose blobs and queues start functions; null for
    /// none.</param>
    /// <param name="settings">Environment of the worker.</param>
    public static async Task<FunctionsTestHost> StartAsync(
        string? connectionString, IReadOnlyDictionary<string, string> settings)
    {
        var host = new FunctionsTestHost();
        try
        {
            await host._application.StartAsync();
            await host.AddWorkerAsync(settings);
            host._dispatcher = new DurableDispatcher(host.Hub, host.RpcAddress, host.Find);
            host._running.Add(host._dispatcher.RunAsync(host._closing.Token));
            if (connectionString is not null)
            {
                host._running.Add(new BlobPoller(host, connectionString).RunAsync(host._closing.Token));
                host._running.Add(new QueuePoller(host, connectionString).RunAsync(host._closing.Token));
            }

            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more worker process on the same task hub.</summary>
    public Task AddWorkerAsync(IReadOnlyDictionary<string, string> settings)
    {
        var worker = new HostedWorker(_channels, RpcAddress, settings);
        _workers.Enqueue(worker);
        return worker.StartAsync();
    }

    /// <summary>Names of the functions that one worker has, in the order the workers were started.</summary>
    public IEnumerable<string> FunctionsOf(int worker) => _workers.ElementAt(worker).Channel.Functions.Keys;

    /// <summary>The functions that some worker has, with a trigger of this type.</summary>
    public IEnumerable<WorkerFunction> FunctionsWith(string triggerType) =>
        Channels.SelectMany(channel => channel.Functions.Values)
            .Where(function => function.TriggerType == triggerType)
            .DistinctBy(function => function.Name);

    /// <summary>Tells of a blob as Event Grid would, as often as it is called.</summary>
    public Task RaiseBlobEventAsync(string container, string name) =>
        RaiseBlobEventAsync(FunctionsWith("blobTrigger").Single(), container, name, CancellationToken.None);

    /// <summary>Starts a function for a blob.</summary>
    public Task RaiseBlobEventAsync(
        WorkerFunction function, string container, string name, CancellationToken cancellation) =>
        InvokeAsync(
            function.Name,
            found => Invocations.Blob(found, found.TriggerText("connection")!, container, name),
            cancellation);

    /// <summary>Starts a function for a message.</summary>
    public Task RaiseMessageAsync(WorkerFunction function, string text, CancellationToken cancellation) =>
        InvokeAsync(function.Name, found => Invocations.Message(found, text), cancellation);

    /// <summary>Lets a timer come due.</summary>
    public Task RaiseTimerAsync(string function, CancellationToken cancellation) =>
        InvokeAsync(function, Invocations.Timer, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        foreach (HostedWorker worker in _workers)
            await worker.DisposeAsync();
        await Task.WhenAll(_running);
        await _application.DisposeAsync();
        _dispatcher?.Dispose();
        _closing.Dispose();
    }

    private async Task InvokeAsync(
        string name, Func<WorkerFunction, Protocol.InvocationRequest> request, CancellationToken cancellation)
    {
        (WorkerChannel worker, WorkerFunction function) = Find(name, null)
            ?? throw new IOException($"No worker has {name}.");
        await worker.InvokeAsync(request(function).WithDurableClient(function, RpcAddress), cancellation);
    }

    private (WorkerChannel, WorkerFunction)? Find(string name, string? version) => Channels
        .Where(
            channel => channel.Functions.ContainsKey(name)
                && (channel.Takes(version) || !HostJson.LeavesNewerInstances))
        .OrderBy(channel => channel.InFlight)
        .Select(channel => ((WorkerChannel, WorkerFunction)?)(channel, channel.Functions[name]))
        .FirstOrDefault();

    private WebApplication Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton(_channels);
        InMemoryTaskHub.AddTo(builder.Services);

        WebApplication application = builder.Build();
        application.MapGrpcService<WorkerService>();
        application.MapGrpcService<TaskHubGrpcServer>();
        application.MapPost(BlobWebhook.Path, new BlobWebhook(this).AnswerAsync);
        application.MapFallback("{**path}", new HttpFront(() => Channels, () => RpcAddress).AnswerAsync);
        return application;
    }

    private Uri AddressAt(int index) => new(_application.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.ElementAt(index));
}
