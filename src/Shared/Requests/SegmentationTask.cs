using System.Text.Json.Serialization;

namespace FrozenSeg.Shared.Requests;

/// <summary>What kind of answer is wanted.</summary>
public enum SegmentationTask
{
    /// <summary>Masks without classes.</summary>
    [JsonStringEnumMemberName("masks")]
    Masks,

    /// <summary>Each pixel belongs to one segment, of a thing or of stuff.</summary>
    [JsonStringEnumMemberName("panoptic")]
    Panoptic,

    /// <summary>A class for each pixel.</summary>
    [JsonStringEnumMemberName("semantic")]
    Semantic,

    /// <summary>Scored masks of things; they may overlap.</summary>
    [JsonStringEnumMemberName("instance")]
    Instance,

    /// <summary>One mask for each expression, or none if nothing fits.</summary>
    [JsonStringEnumMemberName("referring")]
    Referring,
}
