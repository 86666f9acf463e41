using System.Text.Json.Serialization;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>Where a segmentation stands.</summary>
internal enum SegmentationState
{
    /// <summary>Accepted, waiting for its turn.</summary>
    [JsonStringEnumMemberName("queued")]
    Queued,

    /// <summary>At work.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>There is a result.</summary>
    [JsonStringEnumMemberName("succeeded")]
    Succeeded,

    /// <summary>There is none, and a reason.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>It was stopped.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}
