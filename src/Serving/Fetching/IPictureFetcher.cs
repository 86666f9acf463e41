using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Fetching;

/// <summary>Fetches a picture from a blob or an address. Safe for many callers.</summary>
internal interface IPictureFetcher
{
    /// <summary>Fetches the picture, and no more of it than the limit allows.</summary>
    /// <exception cref="SegmentationProblemException">It cannot be had: kind <see cref="ProblemKind.Storage"/> or
    /// <see cref="ProblemKind.Unavailable"/> when trying again may help.</exception>
    Task<FetchedPicture> FetchAsync(ImageSource source, CancellationToken cancellation);
}
