using FrozenSeg.Pipeline.Foundation.Files;

namespace FrozenSeg.Serving.Tests.Workflow.InProcess;

/// <summary>A disk that takes no file for as long as somebody says.</summary>
internal sealed class FullDisk : IDisk
{
    public bool IsFull { get; set; }

    public void MakeFolder(string path) => Disk.Unflushed.MakeFolder(path);

    public Stream Create(string path) =>
        IsFull ? throw new IOException("No space left on device") : Disk.Unflushed.Create(path);

    public void Flush(Stream file) => Disk.Unflushed.Flush(file);

    public void FlushFolder(string path) => Disk.Unflushed.FlushFolder(path);

    public void Move(string from, string to) => Disk.Unflushed.Move(from, to);

    public void MoveFolder(string from, string to) => Disk.Unflushed.MoveFolder(from, to);

    public void Delete(string path) => Disk.Unflushed.Delete(path);

    public void DeleteFolder(string path) => Disk.Unflushed.DeleteFolder(path);
}
