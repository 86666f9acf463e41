using FrozenSeg.Functions.Storage;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Shared.Problems;
using Grpc.Core;

namespace FrozenSeg.Functions.Triggers;

/// <summary>
/// Waits within a function for storage and task hub, as the workflow waits between its stages. The blob trigger's own
/// five attempts follow each other at once: its queue has no visibility timeout, so they are over in two or three
/// seconds.
/// </summary>
/// <param name="retry">How often, and how long to wait.</param>
/// <param name="time">The clock.</param>
internal sealed class Patience(RetryOptions retry, TimeProvider time)
{
    /// <summary>Does the work, again as long as what stopped it may pass.</summary>
    public async Task RunAsync(Func<Task> work, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception failure) when (
                attempt < retry.MaxAttempts && MayPass(failure) && !cancellation.IsCancellationRequested)
            {
                await Task.Delay(retry.DelayAfter(attempt), time, cancellation);
            }
        }
    }

    private static bool MayPass(Exception failure) => failure switch
    {
        SegmentationProblemException refusal => !JobIntake.IsFinal(refusal),
        RpcException => true, // The task hub is reached through the host.
        _ => failure.IsOfStorage(),
    };
}
