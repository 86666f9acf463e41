using FrozenSeg.Functions.Orchestrations;
using Microsoft.DurableTask.Client;

namespace FrozenSeg.Functions.Activities;

/// <summary>
/// Stops work whose orchestration has been stopped. The platform lets an activity run on to its end, on a device that
/// others wait for; so the activity itself looks, before it begins and every two seconds: whether its own orchestration
/// was stopped, and whether the manifest was that it is a line of.
/// </summary>
/// <param name="client">The task hub.</param>
/// <param name="time">The clock.</param>
internal sealed class Wanted(DurableTaskClient client, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Does the work for as long as it is wanted.</summary>
    /// <param name="instance">The orchestration.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellation">Stops the work for other reasons.</param>
    /// <returns>What the work gives; null when it was stopped because nobody wants it any more.</returns>
    /// <exception cref="OperationCanceledException">It was stopped for other reasons.</exception>
    public async Task<T?> RunAsync<T>(
        string instance, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
        where T : class
    {
        if (!await IsWantedAsync(instance, cancellation))
            return null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bool isWanted = true;
        Task<T> working = work(stop.Token);
        while (true)
        {
            try
            {
                return await working.WaitAsync(Interval, time, CancellationToken.None);
            }
            catch (TimeoutException) when (!working.IsCompleted)
            {
                if (isWanted && !await IsWantedAsync(instance, cancellation))
                {
                    isWanted = false;
                    await stop.CancelAsync();
                }
            }
            catch (OperationCanceledException) when (!isWanted && !cancellation.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    private async Task<bool> IsWantedAsync(string instance, CancellationToken cancellation)
    {
        try
        {
            OrchestrationMetadata? found = await client.GetInstanceAsync(
                instance, getInputsAndOutputs: true, cancellation);
            if (found?.RuntimeStatus is OrchestrationRuntimeStatus.Terminated)
                return false;
            return found?.ReadInputAs<SegmentationStart>()?.Manifest is not string manifest
                || await client.GetInstanceAsync(
                    manifest, cancellation) is not { RuntimeStatus: OrchestrationRuntimeStatus.Terminated };
        }
#pragma warning disable CA1031 // A task hub that does not answer now is not a reason to stop.
        catch (Exception)
#pragma warning restore CA1031
        {
            return true;
        }
    }
}
