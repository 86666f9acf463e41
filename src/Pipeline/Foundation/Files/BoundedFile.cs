namespace FrozenSeg.Pipeline.Foundation.Files;

/// <summary>Reads files that may be longer than anybody wants, or no files at all.</summary>
internal static class BoundedFile
{
    /// <summary>The content of a file; null when it is longer than the limit.</summary>
    /// <exception cref="IOException">It is not a file, or cannot be read (<see cref="DiskFailure"/>).</exception>
    public static async Task<byte[]?> ReadAsync(string path, long limit, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException();
        if (!FileKind.IsRegular(path))
            throw new IOException("it is not a file");
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        if (file.Length > limit)
            return null;
        // A file that grows meanwhile is cut at what it was: the next look sees the change.
        byte[] content = new byte[file.Length];
        int count = await file.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellation);
        return count == content.Length ? content : content[..count];
    }
}
