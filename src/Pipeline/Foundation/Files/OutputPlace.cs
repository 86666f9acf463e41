using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Files;

/// <summary>
/// Where an output goes: a file that can be put there whole, or something that is written to as it is.
/// </summary>
/// <param name="Path">The full path, links resolved where the file behind them is put there whole.</param>
/// <param name="IsWrittenThrough">Whether it is written to as it is: a pipe, a device, whatever a process has
/// open.</param>
internal readonly record struct OutputPlace(string Path, bool IsWrittenThrough)
{
    // Links as deep as the system follows.
    private const int MostLinks = 40;

    /// <summary>What a path leads to.</summary>
    /// <exception cref="IOException">The path cannot be followed.</exception>
    public static OutputPlace Of(string path)
    {
        string full = System.IO.Path.GetFullPath(path), at = full;
        for (int link = 0; link < MostLinks; link++)
        {
            // A descriptor of a process looks like a link to a file; a file put in that one's place would not be the
            // one it has open.
            if (at.StartsWith("/proc/", StringComparison.Ordinal)
                || at.StartsWith("/dev/fd/", StringComparison.Ordinal))
                return new OutputPlace(full, IsWrittenThrough: true);
            if (new FileInfo(at) is not { LinkTarget: not null } named)
                break;
            at = named.ResolveLinkTarget(returnFinalTarget: false)!.FullName;
        }

        return new OutputPlace(at, FileKind.IsSpecial(at));
    }

    /// <summary>Refuses a file that could not be written, before there is anything to write.</summary>
    /// <exception cref="SegmentationProblemException">It could not.</exception>
    public static void CheckFile(string path)
    {
        try
        {
            OutputPlace place = Of(path);
            if (place.IsWrittenThrough)
                return;
            if (Directory.Exists(place.Path))
                throw new IOException("a folder stands in its place");
            TryWriting(System.IO.Path.GetDirectoryName(place.Path)!);
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw Refusal(path, failure);
        }
    }

    /// <summary>Refuses a folder that could not be written to, before there is anything to write.</summary>
    /// <exception cref="SegmentationProblemException">It could not.</exception>
    public static void CheckFolder(string path)
    {
        try
        {
            TryWriting(System.IO.Path.GetFullPath(path));
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw Refusal(path, failure);
        }
    }

    // Where the folder is not there yet, the one it would be made in is tried: a refusal leaves nothing behind.
    private static void TryWriting(string folder)
    {
        while (!Directory.Exists(folder))
        {
            if (File.Exists(folder))
                throw new IOException("a file stands in its place");
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException();
        }

        string probe = WholeFiles.TemporaryIn(folder);
        using (new FileStream(
            probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose))
        {
        }
    }

    private static SegmentationProblemException Refusal(string path, Exception failure) => SegmentationProblem.Storage(
        path, $"nothing can be written there ({DiskFailure.Words(failure)})", "Choose another place", failure);
}
