using Azure;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Functions.Storage;

/// <summary>What storage says, in the words of the service.</summary>
internal static class BlobFailures
{
    /// <summary>Whether the blob or its container is not there.</summary>
    public static bool IsMissing(this RequestFailedException failure) => failure.Status == 404;

    /// <summary>The failure as a problem that may pass.</summary>
    /// <param name="failure">What storage said.</param>
    /// <param name="where">The blob.</param>
    public static SegmentationProblemException ToProblem(this RequestFailedException failure, string where) => new SegmentationProblem(
        ProblemKind.Storage,
        where,
        failure.IsMissing() ? "there is no such blob" : $"storage refused ({failure.ErrorCode ?? failure.Message.Split('\n', 2)[0]})",
        failure.IsMissing() ? "It may have expired; run the segmentation again" : "Try again later").ToException(failure);
}
