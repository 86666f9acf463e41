using System.Text.Json.Serialization;

namespace FrozenSeg.Shared.Results;

/// <summary>Which part of the pipeline a segment comes from.</summary>
public enum SegmentSource
{
    /// <summary>A mask proposal of the FrozenSeg decoder.</summary>
    [JsonStringEnumMemberName("proposal")]
    Proposal,

    /// <summary>A mask of SAM's automatic mask generator.</summary>
    [JsonStringEnumMemberName("automask")]
    Automask,

    /// <summary>A prompt that survived CLIP as RNN.</summary>
    [JsonStringEnumMemberName("car")]
    Car,

    /// <summary>What points or a box showed to SAM.</summary>
    [JsonStringEnumMemberName("prompted")]
    Prompted,

    /// <summary>A phrase, or examples, that SAM 3 found.</summary>
    [JsonStringEnumMemberName("sam3")]
    Sam3,
}
