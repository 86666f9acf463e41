using System.Text.Json.Serialization;

namespace FrozenSeg.Shared.Requests;

/// <summary>A file beside <c>result.json</c>.</summary>
internal enum OutputFormat
{
    /// <summary>COCO panoptic PNG and JSON; for the panoptic task.</summary>
    [JsonStringEnumMemberName("panoptic")]
    Panoptic,

    /// <summary>Indexed PNG; for the semantic task.</summary>
    [JsonStringEnumMemberName("semantic")]
    Semantic,

    /// <summary>The picture with its segments painted on.</summary>
    [JsonStringEnumMemberName("overlay")]
    Overlay,
}
