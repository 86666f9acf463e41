using Microsoft.AspNetCore.Http.Metadata;

namespace FrozenSeg.Serving;

/// <summary>Most bytes of a request to one route.</summary>
internal sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytes;
}
