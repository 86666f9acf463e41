using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Workflow;

/// <summary>One method that a segmentation runs, and the stage that runs it.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Method">The method.</param>
/// <param name="SettingPrefix">Settings of the request that begin with this are the method's; empty takes all.</param>
/// <param name="Tasks">The answers wanted of it; empty takes those of the request.</param>
internal sealed record MethodPart(
    string Stage, string Method, string SettingPrefix, IReadOnlyList<SegmentationTask> Tasks);
