using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Watching;

/// <summary>
/// Where results of a watched folder go. A result's folder appears whole, and only then is the picture noted as done: a
/// death in between means the same result is put there once more.
/// </summary>
/// <param name="output">The folder for results.</param>
/// <param name="state">What is kept between runs.</param>
internal sealed class ResultFolders(string output, string state)
{
    private const string FailureName = "problem.json";

    private readonly string _done = Path.Combine(state, "done"), _staging = Path.Combine(state, "staging");

    /// <summary>Clears away what a dead process left half written.</summary>
    public void Recover()
    {
        if (Directory.Exists(_staging))
            Directory.Delete(_staging, recursive: true);
    }

    /// <summary>Whether a picture has been done, under this very request.</summary>
    public bool IsDone(string id, string picture) =>
        File.Exists(Path.Combine(_done, id)) && Directory.Exists(Path.Combine(output, picture));

    /// <summary>Puts a result in its place.</summary>
    /// <param name="id">Id of picture and request.</param>
    /// <param name="picture">File name of the picture.</param>
    /// <param name="files">The files by name.</param>
    /// <exception cref="SegmentationProblemException">The folder cannot be written.</exception>
    public void Place(string id, string picture, IEnumerable<(string Name, byte[] Content)> files)
    {
        string staged = Path.Combine(_staging, id), target = Path.Combine(output, picture);
        try
        {
            foreach ((string name, byte[] content) in files)
                AtomicFile.Write(Path.Combine(staged, name), content);
            if (Directory.Exists(target))
                Directory.Move(target, Path.Combine(_staging, $"{id}.old"));
            Directory.Move(staged, target);
            AtomicFile.Write(Path.Combine(_done, id), []);
            if (Directory.Exists(Path.Combine(_staging, $"{id}.old")))
                Directory.Delete(Path.Combine(_staging, $"{id}.old"), recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SegmentationProblem(
                ProblemKind.Storage, target, $"the results cannot be written ({failure.Message})", "Make room, or choose another folder")
                .ToException(failure);
        }
    }

    /// <summary>Puts the reasons of a failure where the result would be.</summary>
    public void PlaceFailure(string id, string picture, IReadOnlyList<SegmentationProblem> problems) =>
        Place(id, picture, [(FailureName, FailureDocument.Write(picture, problems))]);
}
