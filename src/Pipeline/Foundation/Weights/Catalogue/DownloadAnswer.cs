using System.Net;
using System.Net.Http.Headers;

namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>A server's answer, behind every redirect.</summary>
/// <param name="Response">The answer.</param>
/// <param name="LinkedSize">Bytes of the file as the hub states them; null elsewhere.</param>
/// <param name="LinkedHash">SHA-256 as the hub states it, lower-case hex; null elsewhere.</param>
internal sealed record DownloadAnswer(HttpResponseMessage Response, long? LinkedSize, string? LinkedHash) : IDisposable
{
    private ContentRangeHeaderValue? Range => Response.Content.Headers.ContentRange;

    /// <summary>Whether it is a part of the file, or says that it is.</summary>
    public bool IsPart => Response.StatusCode is HttpStatusCode.PartialContent || Range is not null;

    /// <summary>
    /// The byte of the file that it begins with; null when that cannot be told: a part that does not say where it
    /// belongs, or several parts in one.
    /// </summary>
    public long? Start =>
        !IsPart ? 0
        : Response.Content.Headers.ContentType?.MediaType == "multipart/byteranges" ? null
        : Range is { Unit: "bytes", From: long from } ? from
        : null;

    /// <summary>Bytes of the whole file; null when nobody says.</summary>
    public long? Total => IsPart ? Range?.Length : Response.Content.Headers.ContentLength;

    /// <inheritdoc/>
    public void Dispose() => Response.Dispose();
}
