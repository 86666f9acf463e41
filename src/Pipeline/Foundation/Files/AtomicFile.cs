using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Files;

/// <summary>
/// Files that are there whole or not at all: written under a temporary name in the same folder, then moved.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file; folders that are missing are made.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="SegmentationProblemException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using FileStream stream = File.Create(temporary);
            WriteAndMove(stream, temporary, full, write);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SegmentationProblem(
                ProblemKind.Storage, path, $"the file cannot be written ({failure.Message})", "Choose another place or make room")
                .ToException(failure);
        }
    }

    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="content">The whole content.</param>
    public static void Write(string path, byte[] content) => Write(path, stream => stream.Write(content));

    private static void WriteAndMove(FileStream stream, string temporary, string path, Action<Stream> write)
    {
        try
        {
            write(stream);
            stream.Close();
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            stream.Close();
            File.Delete(temporary);
            throw;
        }
    }
}
