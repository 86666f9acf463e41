using System.Collections.Concurrent;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Formats;

/// <summary>
/// Gathers everything that is wrong with the input of an evaluation, so that a user mends it in one go. Safe for many
/// threads.
/// </summary>
internal sealed class ProblemLog
{
    private readonly ConcurrentQueue<SegmentationProblem> _problems = new();

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool IsEmpty => _problems.IsEmpty;

    /// <summary>Notes a problem of a file's content.</summary>
    /// <param name="where">The file, and the id inside it.</param>
    /// <param name="found">What was found there.</param>
    /// <param name="remedy">What to do about it.</param>
    public void Add(string where, string found, string remedy) =>
        _problems.Enqueue(new SegmentationProblem(where, found, remedy));

    /// <summary>Notes the problems an attempt ended with.</summary>
    public void Add(SegmentationProblemException failure)
    {
        foreach (SegmentationProblem problem in failure.Problems)
            _problems.Enqueue(problem);
    }

    /// <summary>
    /// Reads one of two files. When that fails, what was noted before is named with it, and the other file if it is
    /// broken too.
    /// </summary>
    /// <param name="read">Reads.</param>
    /// <param name="unread">A JSON file that has not been read yet; null when it has.</param>
    /// <exception cref="SegmentationProblemException">Carries every problem.</exception>
    internal T Attempt<T>(Func<T> read, string? unread = null)
    {
        try
        {
            return read();
        }
        catch (SegmentationProblemException failure)
        {
            Add(failure);
            if (unread is not null && JsonFile.FindFault(unread) is SegmentationProblemException second)
                Add(second);
            ThrowIfAny();
            throw;
        }
    }

    /// <summary>Ends the evaluation when anything was noted.</summary>
    /// <exception cref="SegmentationProblemException">Carries every problem, ordered by place.</exception>
    public void ThrowIfAny()
    {
        if (!_problems.IsEmpty)
            throw new SegmentationProblemException(
                [.. _problems.Distinct().OrderBy(problem => problem.Where, StringComparer.Ordinal)]);
    }
}
