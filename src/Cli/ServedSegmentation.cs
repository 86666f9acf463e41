using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Cli;

/// <summary>A segmentation that somebody's tool waits for: through the service's queue, as any other.</summary>
internal static class ServedSegmentation
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Segments a picture, and waits.</summary>
    /// <returns>The segmentation's id and result.</returns>
    /// <exception cref="SegmentationProblemException">It failed, or takes longer than ten minutes.</exception>
    public static async Task<(string Id, SegmentationResult Result)> RunAsync(
        LocalService service, SegmentationRequest request, FetchedPicture picture, CancellationToken cancellation)
    {
        SegmentationJob job = await service.Intake.AcceptAsync(
            Guid.CreateVersion7().ToString("N"), request, picture, cancellation);
        await service.Runner.StartAsync(job, cancellation);
        SegmentationStatus status = await service.Runner.WaitAsync(job.Id, Patience, cancellation)
            ?? throw SegmentationProblem.Unavailable(job.Id, "the segmentation is gone", "Ask again");
        if (!status.Files.TryGetValue(ResultWriter.ResultName, out ArtefactReference? file))
        {
            throw status.Problems.Count > 0
                ? new SegmentationProblemException(status.Problems)
                : SegmentationProblem.Unavailable(
                    job.Id, "the segmentation takes longer than ten minutes", "Ask again later");
        }

        return (
            job.Id, ResultJsonContext.Read(await service.Store.GetAsync(ArtefactKey.Parse(file.Key), cancellation)));
    }
}
