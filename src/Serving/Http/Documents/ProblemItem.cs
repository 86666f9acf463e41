using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Http.Documents;

/// <summary>One thing that is wrong.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Where">The field or file.</param>
/// <param name="Found">What was found.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Message">All of it in one line.</param>
internal sealed record ProblemItem(ProblemKind Kind, string Where, string Found, string Remedy, string Message)
{
    /// <summary>The document form of a problem.</summary>
    public static ProblemItem From(SegmentationProblem problem) =>
        new(problem.Kind, problem.Where, problem.Found, problem.Remedy, problem.Message);
}
