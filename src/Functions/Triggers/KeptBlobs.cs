using System.Text;
using FrozenSeg.Functions.Manifests;
using FrozenSeg.Functions.Orchestrations;
using FrozenSeg.Functions.Storage;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using Microsoft.DurableTask.Client;

namespace FrozenSeg.Functions.Triggers;

/// <summary>The blobs that stay however old they are: those that instances name which have not ended.</summary>
/// <param name="store">Holds requests and manifests.</param>
internal sealed class KeptBlobs(IArtefactStore store)
{
    private readonly HashSet<(string Container, string Name)> _blobs = [];
    private readonly List<(string Container, string Prefix)> _folders = [];

    /// <summary>Whether a blob stays.</summary>
    public bool Contains(string container, string name) =>
        _blobs.Contains((container, name))
        || _folders.Exists(
            folder => folder.Container == container && name.StartsWith(folder.Prefix, StringComparison.Ordinal));

    /// <summary>Keeps the results of a segmentation.</summary>
    public void KeepResults(string id) => _folders.Add((Containers.Results, $"{id}/"));

    /// <summary>Keeps what an instance names.</summary>
    public async Task KeepAsync(OrchestrationMetadata instance, CancellationToken cancellation)
    {
        KeepResults(instance.InstanceId);
        if (instance.Name == SegmentImage.Name && instance.ReadInputAs<SegmentationStart>() is SegmentationStart start)
        {
            KeepUpload(start.Upload);
            _blobs.Add((Containers.Artefacts, start.Job.Request.Key));
            KeepPicture(await ReadAsync(start.Job.Request.Key, cancellation));
        }
        else if (instance.Name == SegmentManifest.Name
            && instance.ReadInputAs<ManifestState>() is ManifestState manifest)
        {
            KeepUpload(manifest.Manifest.Name);
            _folders.Add((Containers.Artefacts, ManifestActivities.FolderOf(manifest.Id)));
            for (int page = manifest.NextPage; page < (manifest.Plan?.Pages ?? 0); page++)
                await KeepPageAsync(manifest.Id, page, cancellation);
        }
    }

    private async Task KeepPageAsync(string id, int page, CancellationToken cancellation)
    {
        byte[]? lines = await ReadAsync(ManifestActivities.PageKey(id, page).Value, cancellation);
        foreach (string line in Encoding.UTF8.GetString(lines ?? []).Split('\n'))
            KeepPicture(Encoding.UTF8.GetBytes(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
    }

    private void KeepPicture(byte[]? request)
    {
        try
        {
            ImageSource? image = request is null ? null : RequestJsonContext.Read(request, "request").Image;
            if (image?.Artefact is ArtefactReference stored)
                _blobs.Add((Containers.Artefacts, stored.Key));
            KeepUpload(image?.Blob?.Name);
        }
        catch (SegmentationProblemException)
        {
            // A request nobody can read names nothing.
        }
    }

    private void KeepUpload(string? name)
    {
        if (name is null)
            return;
        _blobs.Add((Containers.Uploads, name));
        _blobs.Add((Containers.Uploads, name + ".json"));
    }

    private async Task<byte[]?> ReadAsync(string key, CancellationToken cancellation)
    {
        try
        {
            return await store.GetAsync(ArtefactKey.Parse(key), cancellation);
        }
        catch (Exception failure) when (failure is SegmentationProblemException or FormatException)
        {
            return null;
        }
    }
}
