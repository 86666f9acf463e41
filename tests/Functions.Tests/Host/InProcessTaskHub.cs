using System.Net;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>A task hub in memory, with orchestrations and activities in this process.</summary>
internal sealed class InProcessTaskHub : IAsyncDisposable
{
    private readonly WebApplication _hub;
    private readonly GrpcChannel _channel;
    private readonly IHost _worker;

    private InProcessTaskHub(WebApplication hub, GrpcChannel channel, IHost worker)
    {
        _hub = hub;
        _channel = channel;
        _worker = worker;
    }

    /// <summary>Starts orchestrations, and waits for them.</summary>
    public DurableTaskClient Client => _worker.Services.GetRequiredService<DurableTaskClient>();

    /// <summary>Starts one.</summary>
    /// <param name="registry">Adds the orchestrations and activities.</param>
    public static async Task<InProcessTaskHub> StartAsync(Action<DurableTaskRegistry> registry)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        InMemoryTaskHub.AddTo(builder.Services);
        WebApplication hub = builder.Build();
        hub.MapGrpcService<TaskHubGrpcServer>();
        await hub.StartAsync();

        GrpcChannel channel = GrpcChannel.ForAddress(hub.Urls.Single());
        HostApplicationBuilder worker = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        worker.Services.AddDurableTaskWorker(tasks => tasks.UseGrpc(channel).AddTasks(registry));
        worker.Services.AddDurableTaskClient(client => client.UseGrpc(channel).RegisterDirectly());
        var started = new InProcessTaskHub(hub, channel, worker.Build());
        await started._worker.StartAsync();
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.StopAsync();
        _worker.Dispose();
        _channel.Dispose();
        await _hub.DisposeAsync();
    }
}
