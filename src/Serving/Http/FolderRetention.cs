namespace FrozenSeg.Serving.Http;

/// <summary>Removes what a service has kept long enough.</summary>
internal static class FolderRetention
{
    /// <summary>Removes segmentations that ended, and artefacts that were written, before a moment.</summary>
    /// <param name="folder">The service's folder.</param>
    /// <param name="before">The moment, UTC.</param>
    public static void Purge(string folder, DateTime before)
    {
        foreach (DirectoryInfo segmentation in Folders(Path.Combine(folder, "segmentations")))
        {
            var status = new FileInfo(Path.Combine(segmentation.FullName, "status.json"));
            if (status.Exists && status.LastWriteTimeUtc < before)
                segmentation.Delete(recursive: true);
        }

        foreach (FileInfo artefact in Folders(Path.Combine(folder, "artefacts")).SelectMany(kind => kind.EnumerateFiles("*", SearchOption.AllDirectories)))
        {
            if (artefact.LastWriteTimeUtc < before)
                artefact.Delete();
        }
    }

    private static IEnumerable<DirectoryInfo> Folders(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateDirectories() : [];
}
