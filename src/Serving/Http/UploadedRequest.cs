using FrozenSeg.Serving.Fetching;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Http;

/// <summary>What a caller sent.</summary>
/// <param name="Request">The request.</param>
/// <param name="Picture">The picture, when it came as a part of its own.</param>
internal sealed record UploadedRequest(SegmentationRequest Request, FetchedPicture? Picture);
