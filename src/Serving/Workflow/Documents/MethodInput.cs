using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>Input of the three stages that run a method.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Request">The request, expanded if it was to be.</param>
/// <param name="Method">The method to run: for <c>fused</c>, one of its parts.</param>
/// <param name="SettingPrefix">Settings of the request that begin with this are the method's; empty takes all.</param>
/// <param name="Tasks">The answers wanted of this method; empty takes those of the request.</param>
/// <param name="BatchHalvings">How often its batch was halved after it had run out of memory.</param>
internal sealed record MethodInput(
    ArtefactReference Image,
    ArtefactReference Request,
    string Method,
    string SettingPrefix,
    IReadOnlyList<SegmentationTask> Tasks,
    int BatchHalvings);
