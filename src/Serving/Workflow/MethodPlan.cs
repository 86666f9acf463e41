using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Workflow;

/// <summary>Which stages a method needs.</summary>
public static class MethodPlan
{
    /// <summary>Name of the method that joins all the others.</summary>
    public const string Fused = "fused";

    /// <summary>The methods a segmentation runs side by side.</summary>
    public static IReadOnlyList<MethodPart> Parts(string method) => method switch
    {
        Fused =>
        [
            new MethodPart(StageNames.GenerateMasks, "automask", "automask.", [SegmentationTask.Masks]),
            new MethodPart(StageNames.DecodeProposals, "frozenseg", "frozenseg.", [SegmentationTask.Panoptic]),
            new MethodPart(StageNames.FilterPrompts, "car", "car.", [SegmentationTask.Semantic]),
        ],
        "automask" => [new MethodPart(StageNames.GenerateMasks, method, "", [])],
        "car" => [new MethodPart(StageNames.FilterPrompts, method, "", [])],
        _ => [new MethodPart(StageNames.DecodeProposals, method, "", [])],
    };

    /// <summary>The stages of a job, in the order they are shown.</summary>
    public static IReadOnlyList<string> Stages(SegmentationJob job) =>
    [
        StageNames.Prepare,
        .. job.Expands ? (string[])[StageNames.ExpandPrompts] : [],
        .. Parts(job.Method).Select(part => part.Stage),
        StageNames.Aggregate,
        StageNames.Publish,
        .. job.Notifies ? (string[])[StageNames.Notify] : [],
    ];
}
