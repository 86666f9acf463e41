using FrozenSeg.Pipeline.Foundation.Files;

namespace FrozenSeg.Serving.Tests.Workflow.InProcess;

/// <summary>A disk that takes no file, or none with anything in it, for as long as somebody says.</summary>
internal sealed class FullDisk : IDisk
{
    public bool IsFull { get; set; }

    /// <summary>Whether files can be made, and hold nothing.</summary>
    public bool TakesNamesAlone { get; set; }

    public void MakeFolder(string path) => Disk.Unflushed.MakeFolder(path);

    public Stream Create(string path) =>
        IsFull ? throw NoSpace()
        : TakesNamesAlone ? new FullFile(File.Create(path))
        : Disk.Unflushed.Create(path);

    public void Flush(Stream file) => Disk.Unflushed.Flush(file);

    public void FlushFolder(string path) => Disk.Unflushed.FlushFolder(path);

    public void Move(string from, string to) => Disk.Unflushed.Move(from, to);

    public void MoveFolder(string from, string to) => Disk.Unflushed.MoveFolder(from, to);

    public void Delete(string path) => Disk.Unflushed.Delete(path);

    public void DeleteFolder(string path) => Disk.Unflushed.DeleteFolder(path);

    private static IOException NoSpace() => new("No space left on device");

    // As FileStream does: what could not be written is tried once more at the end.
    private sealed class FullFile(FileStream file) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw NoSpace();

        protected override void Dispose(bool disposing)
        {
            file.Dispose();
            base.Dispose(disposing);
            if (disposing)
                throw NoSpace();
        }
    }
}
