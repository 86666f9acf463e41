using FrozenSeg.Serving.Workflow;
using Microsoft.DurableTask;

namespace FrozenSeg.Functions.Orchestrations;

/// <summary>
/// How activities that are not stages are tried again: with the patience that stages have with storage. (Stages answer
/// with their failures as data, and the workflow itself tries them again.)
/// </summary>
internal static class ActivityRetry
{
    /// <summary>Options of a call.</summary>
    public static TaskOptions Options { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        RetryOptions.Default.MaxAttempts, RetryOptions.Default.FirstDelay, 2, RetryOptions.Default.LongestDelay));
}
