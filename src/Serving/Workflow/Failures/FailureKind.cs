using System.Text.Json.Serialization;

namespace FrozenSeg.Serving.Workflow.Failures;

/// <summary>What a failed stage deserves.</summary>
internal enum FailureKind
{
    /// <summary>Trying again will not help: bad input, a missing model, a bug.</summary>
    [JsonStringEnumMemberName("permanent")]
    Permanent,

    /// <summary>Trying again later may help: storage or network that did not answer.</summary>
    [JsonStringEnumMemberName("transient")]
    Transient,

    /// <summary>Trying again with a smaller batch may help.</summary>
    [JsonStringEnumMemberName("out_of_memory")]
    OutOfMemory,

    /// <summary>The segmentation was stopped, and the stage with it.</summary>
    [JsonStringEnumMemberName("unwanted")]
    Unwanted,
}
