using System.Text.Json.Serialization;
using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Shared.Requests;

/// <summary>Where a picture comes from: exactly one of its members is set, besides <see cref="Name"/>.</summary>
internal sealed record ImageSource
{
    /// <summary>File name for the result; null takes it from the source.</summary>
    public string? Name { get; init; }

    /// <summary>The whole file, base64 in JSON.</summary>
    [JsonConverter(typeof(Base64Converter))]
    public byte[]? Bytes { get; init; }

    /// <summary>A blob the service may read.</summary>
    public BlobAddress? Blob { get; init; }

    /// <summary>An https address, if the service is allowed to fetch pictures.</summary>
    public string? Url { get; init; }

    /// <summary>A picture the service has already stored. Set by the service itself; refused from callers.</summary>
    public ArtefactReference? Artefact { get; init; }
}
