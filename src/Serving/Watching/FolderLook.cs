using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Watching;

/// <summary>
/// What lies in a watched folder at one moment. Only the folder itself can fail to be looked at; a file in it cannot.
/// </summary>
/// <param name="Pictures">The pictures, by name.</param>
/// <param name="Odd">What has the name of a picture and cannot be read as a file, with the reason.</param>
/// <param name="OtherKinds">Pictures of kinds that are not read.</param>
internal sealed record FolderLook(
    IReadOnlyList<WatchedPicture> Pictures,
    IReadOnlyList<(string Name, string Reason)> Odd,
    IReadOnlyList<string> OtherKinds)
{
    private static readonly HashSet<string> OtherExtensions = new(
        [".heic", ".heif", ".avif", ".jxl", ".jp2", ".svg", ".psd", ".dng", ".cr2", ".nef", ".arw"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Looks.</summary>
    /// <exception cref="SegmentationProblemException">The folder cannot be read.</exception>
    public static FolderLook At(string folder)
    {
        var pictures = new List<WatchedPicture>();
        var odd = new List<(string, string)>();
        var others = new List<string>();
        foreach (string name in Names(folder))
        {
            if (OtherExtensions.Contains(Path.GetExtension(name)))
                others.Add(name);
            if (!PictureEndings.Has(name))
                continue;
            if (Find(Path.Combine(folder, name), out string reason) is WatchedPicture picture)
                pictures.Add(picture);
            else
                odd.Add((name, reason));
        }

        return new FolderLook(pictures, odd, others);
    }

    private static string[] Names(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!)
                .Where(name => name[0] != '.').Order(StringComparer.Ordinal)];
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw SegmentationProblem.Storage(
                folder, $"the folder cannot be read ({DiskFailure.Words(failure)})", "Check the path", failure);
        }
    }

    // It may have gone since it was listed, be a link that leads nowhere, or have a name that is not text.
    private static WatchedPicture? Find(string path, out string reason)
    {
        reason = "it cannot be looked at: it is gone, leads nowhere, or its name is not text";
        try
        {
            FileInfo? file = Behind(path);
            if (file is null)
                return null;
            reason = "it is not a file";
            if (!FileKind.IsRegular(path))
                return null;
            FileInfo? options = Behind(WatchedPicture.OptionsName(path));
            return new WatchedPicture(
                Path.GetFileName(path), file.Length, file.LastWriteTimeUtc, options?.LastWriteTimeUtc);
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            reason = DiskFailure.Words(failure);
            return null;
        }
    }

    // The file behind a link has the size and the time that count.
    private static FileInfo? Behind(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
            file = target;
        return file.Exists ? file : null;
    }
}
