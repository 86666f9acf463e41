using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Watching;

/// <summary>
/// Where results of a watched folder go. A result's folder appears whole, lies on the disk, and only then is the
/// picture noted as done: a death in between means the same result is put there once more.
/// </summary>
internal sealed class ResultFolders
{
    private const string FailureName = "problem.json";

    private readonly string _output, _done, _staging;
    private readonly IDisk _disk;
    private readonly WholeFiles _files;

    /// <param name="output">The folder for results.</param>
    /// <param name="state">What is kept between runs.</param>
    /// <param name="disk">The disk they lie on.</param>
    public ResultFolders(string output, string state, IDisk disk)
    {
        _output = Path.GetFullPath(output);
        _done = Path.Combine(Path.GetFullPath(state), "done");
        _staging = Path.Combine(Path.GetFullPath(state), "staging");
        _disk = disk;
        _files = new WholeFiles(disk);
    }

    /// <summary>Clears away what a dead process left half written.</summary>
    /// <exception cref="SegmentationProblemException">It cannot be cleared away.</exception>
    public void Recover() => Try(_staging, () => Remove(_staging));

    /// <summary>Whether a picture has been done, under this very request.</summary>
    public bool IsDone(string id, string picture) =>
        File.Exists(Path.Combine(_done, id)) && Directory.Exists(Path.Combine(_output, picture));

    /// <summary>Puts a result in its place.</summary>
    /// <param name="id">Id of picture and request.</param>
    /// <param name="picture">File name of the picture.</param>
    /// <param name="files">The files by name.</param>
    /// <exception cref="SegmentationProblemException">The folder cannot be written.</exception>
    public void Place(string id, string picture, IEnumerable<(string Name, byte[] Content)> files)
    {
        string staged = Path.Combine(_staging, id), old = Path.Combine(_staging, $"{id}.old"), target = Path.Combine(
            _output, picture);
        Try(target, () =>
        {
            Remove(staged);
            Remove(old);
            foreach ((string name, byte[] content) in files)
                _files.Write(Path.Combine(staged, name), isKept: true, content);
            if (File.Exists(target))
                throw new IOException("a file stands in their place");
            if (Directory.Exists(target))
                _disk.MoveFolder(target, old);
            _disk.MoveFolder(staged, target);
            _disk.FlushFolder(_output);
            _files.Write(Path.Combine(_done, id), isKept: false, ReadOnlyMemory<byte>.Empty);
            Remove(old);
        });
    }

    /// <summary>Puts the reasons of a failure where the result would be.</summary>
    /// <param name="id">Id of picture and request.</param>
    /// <param name="picture">File name of the picture.</param>
    /// <param name="problems">The reasons.</param>
    /// <param name="isFinal">Whether it would fail again; otherwise the next run tries again.</param>
    public void PlaceFailure(string id, string picture, IReadOnlyList<SegmentationProblem> problems, bool isFinal)
    {
        Place(id, picture, [(FailureName, FailureDocument.Write(picture, problems))]);
        if (!isFinal)
            Try(picture, () => _disk.Delete(Path.Combine(_done, id)));
    }

    private void Remove(string path)
    {
        if (Directory.Exists(path))
            _disk.DeleteFolder(path);
        else
            _disk.Delete(path);
    }

    private static void Try(string where, Action change)
    {
        try
        {
            change();
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw SegmentationProblem.Storage(
                where,
                $"the results cannot be written ({DiskFailure.Words(failure)})",
                "Make room, or choose another folder",
                failure);
        }
    }
}
