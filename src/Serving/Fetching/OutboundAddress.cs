using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Fetching;

/// <summary>Checks addresses before anything is sent to them.</summary>
internal static class OutboundAddress
{
    /// <summary>The address, if it may be called as far as its text tells.</summary>
    /// <exception cref="SegmentationProblemException">It is not a plain https address.</exception>
    public static Uri Check(string where, Uri? address)
    {
        if (address is not { IsAbsoluteUri: true } || address.Scheme != Uri.UriSchemeHttps)
            throw SegmentationProblem.InvalidRequest(
                where, "it leads to something else than https", "Give an https address");
        if (address.UserInfo.Length > 0)
            throw SegmentationProblem.InvalidRequest(where, "it holds a user name or password", "Leave it out");
        return address;
    }

    /// <summary>A failure of the network, as a problem: the guard's own refusals stay what they are.</summary>
    public static SegmentationProblemException Explain(string where, Exception failure)
    {
        for (Exception? inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is SegmentationProblemException refusal)
                return refusal;
        }

        string found = failure is OperationCanceledException ? "it does not answer in time" : "it cannot be reached";
        return SegmentationProblem.Unavailable(where, found, "Check the address, or try again later", failure);
    }

    /// <summary>Whether the address failed, or was too slow, rather than the caller gave up.</summary>
    public static bool IsUnanswered(Exception failure, CancellationToken cancellation) =>
        failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !cancellation.IsCancellationRequested);
}
