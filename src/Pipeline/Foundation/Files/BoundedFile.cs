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

    /// <summary>
    /// The content of a file, or what a pipe gives before it is closed; null when that is more than the limit.
    /// </summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[]? Read(string path, long limit)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        // A pipe does not know its length, and a device may have no end.
        if (!file.CanSeek || file.Length == 0)
            return ReadToEnd(file, limit);
        if (file.Length > limit)
            return null;
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }

    private static byte[]? ReadToEnd(FileStream file, long limit)
    {
        using var content = new MemoryStream();
        byte[] part = new byte[1 << 16];
        for (int count = file.Read(part); count > 0; count = file.Read(part))
        {
            if (content.Length + count > limit)
                return null;
            content.Write(part, 0, count);
        }

        return content.ToArray();
    }
}
