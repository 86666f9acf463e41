using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow.Failures;

/// <summary>Decides what a failure deserves.</summary>
internal static class FailureClassifier
{
    // What ONNX Runtime, CUDA, the C++ library and the system say when memory is short.
    private static readonly string[] MemoryWords =
    [
        "out of memory",
        "failed to allocate",
        "cannot allocate memory",
        "bad allocation",
        "bad_alloc",
        "alloc_failed",
        "available memory",
    ];

    /// <summary>The failure as data.</summary>
    /// <param name="stage">The stage that failed.</param>
    /// <param name="failure">What it threw.</param>
    public static StageFailure Classify(string stage, Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [var first, ..] } => Classify(stage, first),
        DamagedArtefactException damaged => new StageFailure(FailureKind.Permanent, [damaged.Problem]),
        SegmentationProblemException { Problems: var problems } => new StageFailure(
            problems.Any(problem => problem.Kind is ProblemKind.Storage or ProblemKind.Unavailable)
                ? FailureKind.Transient
                : FailureKind.Permanent,
            problems),
        _ when IsOutOfMemory(failure) => new StageFailure(
            FailureKind.OutOfMemory,
            [new SegmentationProblem(
                ProblemKind.Unavailable, stage, "memory ran out", "Shrink the picture or use a smaller model")]),
        IOException or TimeoutException or HttpRequestException => new StageFailure(
            FailureKind.Transient,
            [new SegmentationProblem(
                ProblemKind.Storage,
                stage,
                DiskFailure.IsOne(failure) ? DiskFailure.Words(failure) : "it was not answered",
                "Try again later")]),
        _ => new StageFailure(
            FailureKind.Permanent,
            [new SegmentationProblem(
                ProblemKind.Unavailable,
                stage,
                "it failed unexpectedly",
                "Report this, with what the service has logged and the picture if you can")]),
    };

    /// <summary>Whether a failure is a fault of the program, and only its log can tell which.</summary>
    public static bool IsUnexpected(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [var first, ..] } => IsUnexpected(first),
        SegmentationProblemException or DamagedArtefactException => false,
        IOException or TimeoutException or HttpRequestException => false,
        _ => !IsOutOfMemory(failure),
    };

    /// <summary>Whether memory ran out, whoever says so, on whichever thread of a loop.</summary>
    public static bool IsOutOfMemory(Exception failure) =>
        failure is OutOfMemoryException
        || failure is AggregateException { InnerExceptions: var several } && several.Any(IsOutOfMemory)
        || MemoryWords.Any(words => failure.Message.Contains(words, StringComparison.OrdinalIgnoreCase));
}
