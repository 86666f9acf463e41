using FrozenSeg.Functions.Manifests;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Progress;
using FrozenSeg.Shared.Problems;
using Microsoft.DurableTask.Client;

namespace FrozenSeg.Functions.Orchestrations;

/// <summary>What a durable instance says of a segmentation.</summary>
internal static class InstanceStatus
{
    /// <summary>The status; null without an instance.</summary>
    public static SegmentationStatus? Read(OrchestrationMetadata? instance) => instance switch
    {
        null => null,
        { Name: SegmentImage.Name } => OfImage(instance),
        { Name: SegmentManifest.Name } => OfManifest(instance),
        _ => null,
    };

    private static SegmentationStatus OfImage(OrchestrationMetadata instance)
    {
        SegmentationStatus status = SegmentationStatus.Queued(
            instance.ReadInputAs<SegmentationStart>()!.Job, instance.CreatedAt);
        if (instance.SerializedCustomStatus is not null)
            status = status with
            {
                Progress = instance.ReadCustomStatusAs<WorkflowProgress>() ?? WorkflowProgress.None,
            };
        return WithState(status, instance);
    }

    private static SegmentationStatus OfManifest(OrchestrationMetadata instance)
    {
        SegmentationStatus status = instance.ReadInputAs<ManifestState>()!.Queued(instance.CreatedAt);
        if (instance.SerializedCustomStatus is not null
            && instance.ReadCustomStatusAs<ManifestProgress>() is ManifestProgress progress)
            status = status with { Progress = progress.ToWorkflow(), Warnings = progress.Warnings() };
        return WithState(status, instance);
    }

    private static SegmentationStatus WithState(SegmentationStatus status, OrchestrationMetadata instance) =>
        instance.RuntimeStatus switch
        {
            OrchestrationRuntimeStatus.Pending => status,
            OrchestrationRuntimeStatus.Completed =>
                status.With(instance.ReadOutputAs<WorkflowResult>()!, instance.LastUpdatedAt),
            OrchestrationRuntimeStatus.Terminated =>
                status with { State = SegmentationState.Cancelled, Ended = instance.LastUpdatedAt },
            OrchestrationRuntimeStatus.Failed => status with
            {
                State = SegmentationState.Failed,
                Ended = instance.LastUpdatedAt,
                Problems =
                [
                    new SegmentationProblem(
                        ProblemKind.Unavailable,
                        "workflow",
                        $"it failed unexpectedly ({Reason(instance)})",
                        "Report this, with the picture if you can"),
                ],
            },
            _ => status with { State = SegmentationState.Running },
        };

    // What the task hub itself ends, an instance of another version for instance, has its reason as output alone.
    private static string Reason(OrchestrationMetadata instance) =>
        instance.FailureDetails?.ErrorMessage ?? instance.SerializedOutput?.Trim('"') ?? "no reason was given";
}
