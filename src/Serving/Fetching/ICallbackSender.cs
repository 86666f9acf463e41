using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Fetching;

/// <summary>Tells a caller's address that a segmentation has ended. Safe for many callers.</summary>
internal interface ICallbackSender
{
    /// <summary>Posts a document.</summary>
    /// <param name="address">The caller's address.</param>
    /// <param name="message">Id of the message; the same when it is sent again.</param>
    /// <param name="json">The document.</param>
    /// <param name="cancellation">Stops the call.</param>
    /// <returns>The status code of the answer.</returns>
    /// <exception cref="SegmentationProblemException">The address is not allowed, does not answer in time, or
    /// refuses.</exception>
    Task<int> SendAsync(string address, string message, ReadOnlyMemory<byte> json, CancellationToken cancellation);
}
