using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Http.Local;

/// <summary>
/// Removes what a service has kept long enough since it ended. What a segmentation that has not ended stands on stays,
/// however old it is.
/// </summary>
/// <param name="runner">Knows the segmentations.</param>
/// <param name="store">Holds their artefacts.</param>
internal sealed class FolderRetention(InProcessRunner runner, FolderArtefactStore store)
{
    /// <summary>Removes segmentations that ended, and artefacts that were last used, before a moment.</summary>
    public async Task PurgeAsync(DateTimeOffset before)
    {
        RetainedWork retained = runner.Retain(before);
        var keep = new HashSet<string>(retained.Files, StringComparer.Ordinal);
        foreach (SegmentationJob job in retained.Left)
        {
            keep.Add(job.Request.Key);
            if (await PictureAsync(job) is string picture)
                keep.Add(picture);
        }

        store.Purge(before.UtcDateTime, keep);
    }

    private async Task<string?> PictureAsync(SegmentationJob job)
    {
        try
        {
            byte[] json = await store.GetAsync(ArtefactKey.Parse(job.Request.Key), default);
            return RequestJsonContext.Read(json, "request").Image?.Artefact?.Key;
        }
        catch (Exception failure) when (failure is SegmentationProblemException or FormatException)
        {
            // A request nobody can read names nothing; the segmentation will say so itself.
            return null;
        }
    }
}
