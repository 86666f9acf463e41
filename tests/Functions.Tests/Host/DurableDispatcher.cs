using System.Text.Json;
using FrozenSeg.Functions.Tests.Host.Protocol;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.DurableTask.Protobuf;
using static Microsoft.DurableTask.Protobuf.TaskHubSidecarService;
using GrpcException = Grpc.Core.RpcException;
using TaskFailureDetails = Microsoft.DurableTask.Protobuf.TaskFailureDetails;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>
/// Takes work from the task hub and has workers do it, as the host's durable extension does: orchestrations travel as
/// their whole history, base64, activities as their input; each to a worker that has the function.
/// </summary>
/// <param name="hub">The task hub.</param>
/// <param name="address">Where workers reach it.</param>
/// <param name="find">The worker that has a function and takes instances of a version, and the function; null while
/// there is none.</param>
internal sealed class DurableDispatcher(
    TaskHubSidecarServiceClient hub, Uri address, Func<string, string?, (WorkerChannel, WorkerFunction)?> find)
    : IDisposable
{
    private readonly SemaphoreSlim _activities = new(HostJson.MaxActivities);

    /// <summary>Dispatches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            using AsyncServerStreamingCall<WorkItem> items = hub.GetWorkItems(
                new GetWorkItemsRequest(), cancellationToken: cancellation);
            await foreach (WorkItem item in items.ResponseStream.ReadAllAsync(cancellation))
                _ = DispatchAsync(item, cancellation);
        }
        catch (Exception exception) when (
            cancellation.IsCancellationRequested && exception is GrpcException or OperationCanceledException)
        {
            // The host is closing.
        }
    }

    public void Dispose() => _activities.Dispose();

    private async Task DispatchAsync(WorkItem item, CancellationToken cancellation)
    {
        try
        {
            if (item.OrchestratorRequest is OrchestratorRequest orchestration)
                await OrchestrateAsync(orchestration, item.CompletionToken, cancellation);
            else if (item.ActivityRequest is ActivityRequest activity)
                await ActInTurnAsync(activity, item.CompletionToken, cancellation);
        }
        catch (Exception exception) when (
            cancellation.IsCancellationRequested
                && exception is GrpcException or OperationCanceledException or IOException)
        {
            // The host is closing; the task hub goes with it.
        }
    }

    private async Task OrchestrateAsync(OrchestratorRequest request, string token, CancellationToken cancellation)
    {
        ExecutionStartedEvent started = request.PastEvents.Concat(request.NewEvents)
            .First(happened => happened.ExecutionStarted is not null).ExecutionStarted;
        OrchestratorResponse response;
        if (find(started.Name, started.Version) is (WorkerChannel found, _) && !found.Takes(started.Version))
        {
            response = Mismatch(request.InstanceId);
        }
        else
        {
            TypedData Whole() => new() { String = Convert.ToBase64String(request.ToByteArray()) };
            TypedData? answer = await DoAsync(started.Name, started.Version, request.InstanceId, Whole, cancellation);
            response = OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer!.String));
        }

        response.CompletionToken = token;
        await hub.CompleteOrchestratorTaskAsync(response, cancellationToken: cancellation);
    }

    private async Task ActInTurnAsync(ActivityRequest request, string token, CancellationToken cancellation)
    {
        await _activities.WaitAsync(cancellation);
        try
        {
            await ActAsync(request, token, cancellation);
        }
        finally
        {
            _activities.Release();
        }
    }

    private async Task ActAsync(ActivityRequest request, string token, CancellationToken cancellation)
    {
        var response = new ActivityResponse
        {
            InstanceId = request.OrchestrationInstance.InstanceId,
            TaskId = request.TaskId,
            CompletionToken = token,
        };
        try
        {
            TypedData? answer = await DoAsync(request.Name, null, response.InstanceId, () => new TypedData
            {
                String = Unwrap(request.Input),
            }, cancellation);
            response.Result = answer?.DataCase is TypedData.DataOneofCase.String
                ? JsonSerializer.Serialize(answer.String)
                : answer?.Json;
        }
        catch (InvocationFailedException failure)
        {
            response.FailureDetails = new TaskFailureDetails
            {
                ErrorType = "Activity",
                ErrorMessage = failure.WorkerMessage,
            };
        }

        await hub.CompleteActivityTaskAsync(response, cancellationToken: cancellation);
    }

    // Durable Task writes the inputs of an activity as an array of one.
    private static string Unwrap(string inputs) => inputs.StartsWith('[') ? inputs[1..^1] : inputs;

    // What the extension does to an instance that is newer than the worker, unless it is told to leave it.
    private static OrchestratorResponse Mismatch(string instance) => new()
    {
        InstanceId = instance,
        Actions =
        {
            new OrchestratorAction
            {
                CompleteOrchestration = new CompleteOrchestrationAction
                {
                    OrchestrationStatus = OrchestrationStatus.Failed,
                    FailureDetails = new TaskFailureDetails
                    {
                        ErrorType = "VersionMismatch",
                        ErrorMessage = "The worker is older than the instance.",
                    },
                },
            },
        },
    };

    // A worker that dies takes its invocation with it; the work is then given to the next one, as in the cloud.
    private async Task<TypedData?> DoAsync(
        string name, string? version, string instance, Func<TypedData> input, CancellationToken cancellation)
    {
        while (true)
        {
            if (find(name, version) is (WorkerChannel worker, WorkerFunction function))
            {
                try
                {
                    return await worker.InvokeAsync(
                        Invocations.Durable(function, instance, input()).WithDurableClient(function, address),
                        cancellation);
                }
                catch (IOException)
                {
                    // Falls through to the wait.
                }
            }

            await Task.Delay(50, cancellation);
        }
    }
}
