using System.Text.Json.Serialization;

namespace FrozenSeg.Serving.Workflow.Progress;

/// <summary>Where a stage stands.</summary>
internal enum StageState
{
    /// <summary>Not begun.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>At work, or waiting to try again.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>Done.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>An earlier run had already done its work.</summary>
    [JsonStringEnumMemberName("skipped")]
    Skipped,

    /// <summary>Failed for good.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
