namespace FrozenSeg.Pipeline.Foundation.Files;

/// <summary>The disk of this machine.</summary>
internal sealed class Disk : IDisk
{
    private readonly bool _flushes;

    private Disk(bool flushes) => _flushes = flushes;

    /// <summary>The disk as it is.</summary>
    public static Disk Instance { get; } = new(flushes: true);

    /// <summary>The disk for what a power cut may take: flushing does nothing, and takes no time.</summary>
    public static Disk Unflushed { get; } = new(flushes: false);

    public void MakeFolder(string path) => Directory.CreateDirectory(path);

    public Stream Create(string path) => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);

    public void Flush(Stream file) => ((FileStream)file).Flush(flushToDisk: _flushes);

    public void FlushFolder(string path)
    {
        if (_flushes)
            FolderFlush.Run(path);
    }

    public void Move(string from, string to) => File.Move(from, to, overwrite: true);

    public void MoveFolder(string from, string to) => Directory.Move(from, to);

    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing to remove.
        }
    }

    public void DeleteFolder(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
