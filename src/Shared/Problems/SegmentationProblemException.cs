namespace FrozenSeg.Shared.Problems;

/// <summary>
/// Carries one or more <see cref="SegmentationProblem"/>s from where they were found to the command, activity or
/// middleware that reports them.
/// </summary>
public sealed class SegmentationProblemException : Exception
{
    /// <param name="problems">At least one problem, in the order a person should read them.</param>
    /// <param name="cause">The lower-level failure, if there is one.</param>
    /// <exception cref="ArgumentException"><paramref name="problems"/> is empty.</exception>
    public SegmentationProblemException(IReadOnlyList<SegmentationProblem> problems, Exception? cause = null)
        : base(string.Join(Environment.NewLine, problems.Select(problem => problem.Message)), cause)
    {
        ArgumentOutOfRangeException.ThrowIfZero(problems.Count, nameof(problems));
        Problems = problems;
    }

    /// <summary>Everything that is wrong; never empty.</summary>
    public IReadOnlyList<SegmentationProblem> Problems { get; }
}
