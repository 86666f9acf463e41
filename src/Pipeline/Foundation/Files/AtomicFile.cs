using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Files;

/// <summary>
/// Files that are there whole or not at all: written under a temporary name in the same folder, then moved. A link
/// stays a link, and what is not a regular file (a pipe, a terminal, a device) is written to and never replaced.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes a file; folders that are missing are made.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="SegmentationProblemException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write) =>
        OnDisk(path, "the file cannot be written", "Choose another place or make room", () =>
        {
            OutputPlace place = OutputPlace.Of(path);
            if (place.IsWrittenThrough)
                WriteThrough(place.Path, write);
            else
                WholeFiles.OnDisk.Write(place.Path, isKept: false, write);
        });

    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="content">The whole content.</param>
    public static void Write(string path, byte[] content) => Write(path, stream => stream.Write(content));

    /// <summary>Deletes a file, if it is there.</summary>
    /// <exception cref="SegmentationProblemException">It cannot be deleted.</exception>
    public static void Delete(string path) =>
        OnDisk(path, "the file cannot be deleted", "Delete it, or choose another place", () =>
        {
            if (File.Exists(path))
                File.Delete(path);
        });

    private static void OnDisk(string path, string failed, string remedy, Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw SegmentationProblem.Storage(path, $"{failed} ({DiskFailure.Words(failure)})", remedy, failure);
        }
    }

    private static void WriteThrough(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using var buffered = new BufferedStream(stream, 1 << 16);
        write(buffered);
    }
}
