namespace FrozenSeg.Pipeline.Foundation.Files;

/// <summary>
/// Files that are there whole or not at all: written under a temporary name in the same folder, then moved. What is to
/// be kept is flushed, the file before it gets its name and the folder after; then it outlives a power cut.
/// </summary>
/// <param name="disk">Where they lie.</param>
internal sealed class WholeFiles(IDisk disk)
{
    /// <summary>Ending of temporary names: what has it was left by a process that died.</summary>
    public const string TemporaryExtension = ".tmp";

    /// <summary>On the disk of this machine.</summary>
    public static WholeFiles OnDisk { get; } = new(Disk.Instance);

    /// <summary>Writes a file; folders that are missing are made.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="isKept">Whether it lies on the disk when this returns; otherwise a power cut may lose it.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The disk does not take it (<see cref="DiskFailure"/>).</exception>
    public void Write(string path, bool isKept, Action<Stream> write)
    {
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full)!;
        MakeFolder(folder, isKept);
        string temporary = TemporaryIn(folder);
        try
        {
            using (Stream stream = disk.Create(temporary))
            {
                write(stream);
                if (isKept)
                    disk.Flush(stream);
            }

            Name(temporary, full, isKept);
        }
        catch (Exception failure)
        {
            Discard(temporary, failure);
            throw;
        }
    }

    /// <inheritdoc cref="Write(string, bool, Action{Stream})"/>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="isKept">Whether it lies on the disk when this returns.</param>
    /// <param name="content">The whole content.</param>
    public void Write(string path, bool isKept, ReadOnlyMemory<byte> content) =>
        Write(path, isKept, stream => stream.Write(content.Span));

    /// <summary>A free name for a file that gets its own later.</summary>
    public static string TemporaryIn(string folder) => Path.Combine(folder, $".{Guid.NewGuid():N}{TemporaryExtension}");

    /// <summary>Gives a finished file its name.</summary>
    public void Name(string temporary, string path, bool isKept)
    {
        disk.Move(temporary, path);
        if (isKept)
            disk.FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a folder and those above it.</summary>
    public void MakeFolder(string folder, bool isKept)
    {
        if (Directory.Exists(folder))
            return;
        string? parent = Path.GetDirectoryName(folder);
        if (parent is not null)
            MakeFolder(parent, isKept);
        disk.MakeFolder(folder);
        if (isKept && parent is not null)
            disk.FlushFolder(parent);
    }

    // The failure that is on its way says more than one of the clearing up.
    private void Discard(string temporary, Exception failure)
    {
        try
        {
            disk.Delete(temporary);
        }
        catch (Exception second) when (DiskFailure.IsOne(second))
        {
            failure.Data[nameof(Discard)] = second.Message;
        }
    }
}
