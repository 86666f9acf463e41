using FrozenSeg.Pipeline.Foundation.Files;

namespace FrozenSeg.Serving.Tests.Faults;

/// <summary>
/// A disk that stops after so many operations, in the middle of a write perhaps. With the power goes what was not
/// flushed: the content of files, and the names in folders, each with even chances.
/// </summary>
/// <param name="operations">How many it does.</param>
/// <param name="losesPower">Whether what was not flushed is lost; a process that is killed loses nothing it has
/// written.</param>
/// <param name="seed">Of the chances.</param>
/// <param name="flushes">Whether flushing does anything: without, it shows what flushing is for.</param>
internal sealed class CrashingDisk(int operations, bool losesPower, int seed, bool flushes = true) : IDisk
{
    private readonly Lock _lock = new();
    private readonly Random _chance = new(seed);
    private readonly HashSet<string> _unflushed = new(StringComparer.Ordinal);
    private readonly List<(string Folder, Action Undo)> _names = [];
    private int _left = operations;

    /// <summary>How many operations were asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>How many files and folders were flushed.</summary>
    public int Flushes { get; private set; }

    /// <summary>Whether it has stopped.</summary>
    public bool IsDead { get; private set; }

    public void MakeFolder(string path) => Do(() =>
    {
        bool isNew = !Directory.Exists(path);
        Disk.Unflushed.MakeFolder(path);
        if (isNew)
            _names.Add((Path.GetDirectoryName(path)!, () => Disk.Unflushed.DeleteFolder(path)));
    });

    public Stream Create(string path)
    {
        Stream? file = null;
        Do(() =>
        {
            file = Disk.Unflushed.Create(path);
            _unflushed.Add(path);
        });
        return new CrashingStream(this, (FileStream)file!);
    }

    public void Flush(Stream file) => Do(() =>
    {
        Flushes++;
        if (flushes)
            _unflushed.Remove(((CrashingStream)file).Path);
    });

    public void FlushFolder(string path) => Do(() =>
    {
        Flushes++;
        if (flushes)
            _names.RemoveAll(name => name.Folder == path);
    });

    /// <summary>Stops now, whatever is left of its operations.</summary>
    public void Stop()
    {
        lock (_lock)
            Die();
    }

    public void Move(string from, string to) => Do(() =>
    {
        byte[]? old = File.Exists(to) ? File.ReadAllBytes(to) : null;
        Disk.Unflushed.Move(from, to);
        if (_unflushed.Remove(from))
            _unflushed.Add(to);
        _names.Add((Path.GetDirectoryName(to)!, () => Restore(to, old)));
    });

    public void MoveFolder(string from, string to) => Do(() => Disk.Unflushed.MoveFolder(from, to));

    public void Delete(string path) => Do(() =>
    {
        Disk.Unflushed.Delete(path);
        _unflushed.Remove(path);
    });

    public void DeleteFolder(string path) => Do(() => Disk.Unflushed.DeleteFolder(path));

    private void Write(FileStream file, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (Spend())
            {
                file.Write(bytes);
                file.Flush();
                return;
            }

            if (!IsDead)
            {
                file.Write(bytes[..(bytes.Length / 2)]);
                file.Flush();
            }

            throw Die();
        }
    }

    private void Do(Action operation)
    {
        lock (_lock)
        {
            if (!Spend())
                throw Die();
            operation();
        }
    }

    private bool Spend()
    {
        Asked++;
        return !IsDead && --_left >= 0;
    }

    private PowerCutException Die()
    {
        if (!IsDead && losesPower)
            LosePower();
        IsDead = true;
        return new PowerCutException();
    }

    private void LosePower()
    {
        foreach (string path in _unflushed.Where(path => File.Exists(path) && _chance.Next(2) == 0))
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..(int)(new FileInfo(path).Length / 2)]);
        foreach ((_, Action undo) in Enumerable.Reverse(_names).Where(_ => _chance.Next(2) == 0))
            undo();
    }

    private static void Restore(string path, byte[]? old)
    {
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            return;
        if (old is null)
            File.Delete(path);
        else
            File.WriteAllBytes(path, old);
    }

    private sealed class CrashingStream(CrashingDisk disk, FileStream file) : Stream
    {
        public string Path => file.Name;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => file.Length;

        public override long Position
        {
            get => file.Position;
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) =>
            disk.Write(file, buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => disk.Write(file, buffer);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            file.Dispose();
            base.Dispose(disposing);
        }
    }
}
