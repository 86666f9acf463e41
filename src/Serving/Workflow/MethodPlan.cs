using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.Fusion;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Workflow;

/// <summary>Which stages a method needs.</summary>
internal static class MethodPlan
{
    /// <summary>The methods a segmentation runs side by side.</summary>
    public static IReadOnlyList<MethodPart> Parts(string method) => method switch
    {
        SegmentFusion.MethodName =>
        [
            Part(StageNames.GenerateMasks, AutomaskMethod.MethodName, SegmentationTask.Masks),
            // Which of the methods propose is a setting: it sees them all.
            new MethodPart(StageNames.DecodeProposals, ProposalsMethod.MethodName, "", [SegmentationTask.Panoptic]),
            Part(StageNames.FilterPrompts, CarMethod.MethodName, SegmentationTask.Semantic),
        ],
        AutomaskMethod.MethodName => [new MethodPart(StageNames.GenerateMasks, method, "", [])],
        CarMethod.MethodName => [new MethodPart(StageNames.FilterPrompts, method, "", [])],
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

    // Settings of a part carry its name.
    private static MethodPart Part(string stage, string method, SegmentationTask task) =>
        new(stage, method, method + ".", [task]);
}
