using System.Reflection;
using DurableTask.Core;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>The library's task hub in memory, without its limits of work at once.</summary>
public class InMemoryTaskHub : DispatchProxy
{
    private IOrchestrationService? _hub;

    /// <summary>Adds a task hub, and the server that clients and workers reach it by.</summary>
    internal static void AddTo(IServiceCollection services)
    {
        services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        services.AddSingleton(
            provider => new InMemoryOrchestrationService(provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => Unlimited(provider.GetRequiredService<InMemoryOrchestrationService>()));
        services.AddSingleton<IOrchestrationServiceClient>(
            provider => provider.GetRequiredService<InMemoryOrchestrationService>());
        services.AddSingleton<TaskHubGrpcServer>();
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        // One for each core, and work at hand is counted without a lock: what that count loses, the hub lacks for ever,
        // and at nothing it stops.
        "get_MaxConcurrentTaskOrchestrationWorkItems" or "get_MaxConcurrentTaskActivityWorkItems" => int.MaxValue,
        _ => targetMethod.Invoke(_hub, BindingFlags.DoNotWrapExceptions, null, args, null),
    };

    private static IOrchestrationService Unlimited(InMemoryOrchestrationService hub)
    {
        IOrchestrationService unlimited = Create<IOrchestrationService, InMemoryTaskHub>();
        ((InMemoryTaskHub)unlimited)._hub = hub;
        return unlimited;
    }
}
