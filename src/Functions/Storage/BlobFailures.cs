using Azure;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Functions.Storage;

/// <summary>What storage says, in the words of the service.</summary>
internal static class BlobFailures
{
    /// <summary>Whether the blob or its container is not there.</summary>
    public static bool IsMissing(this RequestFailedException failure) => failure.Status == 404;

    /// <summary>
    /// Whether a failure is one of storage: a refusal, or the several silences that the client gathers when it has
    /// given up.
    /// </summary>
    public static bool IsOfStorage(this Exception failure) => failure is RequestFailedException or AggregateException;

    /// <summary>The failure as a problem that may pass.</summary>
    /// <param name="failure">What storage said.</param>
    /// <param name="where">The blob.</param>
    public static SegmentationProblemException ToProblem(this Exception failure, string where) => failure switch
    {
        RequestFailedException { Status: 404 } => SegmentationProblem.Storage(
            where, "there is no such blob", "It may have expired; run the segmentation again", failure),
        // Status 0 is an answer that never came.
        RequestFailedException { Status: not 0 } refusal => SegmentationProblem.Storage(
            where, $"storage refused ({refusal.ErrorCode ?? FirstLine(refusal)})", "Try again later", failure),
        _ => SegmentationProblem.Storage(
            where, $"storage does not answer ({FirstLine(failure.GetBaseException())})", "Try again later", failure),
    };

    /// <summary>Asks storage, and turns what it refuses into a problem.</summary>
    /// <param name="where">What the problem names.</param>
    /// <param name="ask">The question.</param>
    public static async Task<T> AskAsync<T>(string where, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (failure.IsOfStorage())
        {
            throw failure.ToProblem(where);
        }
    }

    private static string FirstLine(Exception failure) => failure.Message.Split('\n', 2)[0].TrimEnd('.', '\r');
}
