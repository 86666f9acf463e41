using DurableTask.Core.Exceptions;
using FrozenSeg.Functions.Manifests;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FrozenSeg.Functions.Orchestrations;

/// <summary>Runs segmentations as durable orchestrations.</summary>
/// <param name="client">The task hub.</param>
internal sealed class DurableSegmentationRunner(DurableTaskClient client) : ISegmentationRunner
{
    private const string Cancelled = "cancelled";

    private static readonly OrchestrationRuntimeStatus[] Unended =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private static readonly OrchestrationRuntimeStatus[] Known =
    [
        .. Unended,
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
    ];

    /// <inheritdoc/>
    public async Task<SegmentationStatus> StartAsync(SegmentationJob job, CancellationToken cancellation)
    {
        await TryStartAsync(SegmentationStart.Of(job), cancellation);
        SegmentationStatus status = await FindAsync(job.Id, cancellation)
            ?? throw SegmentationProblem.Storage(job.Id, "it was accepted but cannot be found", "Ask again");
        return status.RequestKey == job.Request.Key ? status : throw SegmentationProblem.InvalidRequest(
            job.Id, "there is a segmentation of this id with another request", "Use another id");
    }

    /// <summary>Starts an orchestration, unless there is one of that id, whatever became of it.</summary>
    /// <returns>Whether it was started.</returns>
    public Task<bool> TryStartAsync(SegmentationStart start, CancellationToken cancellation) =>
        TryStartAsync(SegmentImage.Name, start.Job.Id, start, cancellation);

    /// <summary>Starts a manifest, unless there is one of that id.</summary>
    /// <returns>Whether it was started.</returns>
    public Task<bool> TryStartAsync(ManifestState manifest, CancellationToken cancellation) =>
        TryStartAsync(SegmentManifest.Name, manifest.Id, manifest, cancellation);

    /// <inheritdoc/>
    public async Task<SegmentationStatus?> FindAsync(string id, CancellationToken cancellation) =>
        SegmentationId.IsValid(id)
            ? InstanceStatus.Read(await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation))
            : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SegmentationStatus>> ListAsync(int most, CancellationToken cancellation)
    {
        var found = new List<SegmentationStatus>();
        var query = new OrchestrationQuery { PageSize = most, FetchInputsAndOutputs = true };
        await foreach (OrchestrationMetadata instance in client.GetAllInstancesAsync(query).WithCancellation(
            cancellation))
        {
            if (InstanceStatus.Read(instance) is SegmentationStatus status)
                found.Add(status);
            if (found.Count >= most)
                break;
        }

        return [.. found.OrderBy(status => status.HasEnded).ThenByDescending(status => status.Ended ?? status.Created)];
    }

    /// <inheritdoc/>
    public async Task<SegmentationStatus?> WaitAsync(string id, TimeSpan patience, CancellationToken cancellation)
    {
        SegmentationStatus? status = await FindAsync(id, cancellation);
        if (status is not { HasEnded: false })
            return status;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            return InstanceStatus.Read(
                await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, limit.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return await FindAsync(id, cancellation) ?? status;
        }
    }

    /// <inheritdoc/>
    public async Task<SegmentationStatus?> CancelAsync(string id, CancellationToken cancellation)
    {
        SegmentationStatus? status = await FindAsync(id, cancellation);
        if (status is { HasEnded: false })
        {
            await client.TerminateInstanceAsync(id, Cancelled, cancellation);
            status = await WaitAsync(id, TimeSpan.FromSeconds(5), cancellation);
        }

        if (status is { Method: ManifestState.Method, State: SegmentationState.Cancelled })
            await CancelPicturesAsync(id, cancellation);
        return status;
    }

    // The host's extension ends the one instance it is told of, whatever it is told of the others. What has not begun
    // yet is not found here; it asks for its manifest when it does, see Wanted.
    private async Task CancelPicturesAsync(string manifest, CancellationToken cancellation)
    {
        var atWork = new OrchestrationQuery
        {
            InstanceIdPrefix = manifest + "-",
            Statuses = Unended,
            FetchInputsAndOutputs = true,
        };
        await foreach (OrchestrationMetadata picture in client.GetAllInstancesAsync(atWork).WithCancellation(
            cancellation))
        {
            if (picture.Name == SegmentImage.Name && picture.ReadInputAs<SegmentationStart>()?.Manifest == manifest)
                await client.TerminateInstanceAsync(picture.InstanceId, Cancelled, cancellation);
        }
    }

    private async Task<bool> TryStartAsync(
        string orchestration, string id, object input, CancellationToken cancellation)
    {
        try
        {
            StartOrchestrationOptions options = new StartOrchestrationOptions(id).WithDedupeStatuses(Known);
            await client.ScheduleNewOrchestrationInstanceAsync(orchestration, input, options, cancellation);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }
}
