using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Http.Answers;

/// <summary>A refusal with a status code of its own.</summary>
/// <param name="statusCode">The status code.</param>
/// <param name="problem">What is wrong.</param>
internal sealed class ApiProblemException(int statusCode, SegmentationProblem problem) : Exception(problem.Message)
{
    /// <summary>The status code.</summary>
    public int StatusCode => statusCode;

    /// <summary>What is wrong.</summary>
    public SegmentationProblem Problem => problem;
}
