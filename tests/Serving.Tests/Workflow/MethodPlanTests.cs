using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Tests.Workflow;

public sealed class MethodPlanTests
{
    [Theory]
    [InlineData("automask", "GenerateMasks")]
    [InlineData("car", "FilterPrompts")]
    [InlineData("frozenseg", "DecodeProposals")]
    [InlineData("fcclip", "DecodeProposals")]
    [InlineData("sam3", "DecodeProposals")]
    public void Parts_OneMethod_IsOneStageWithAllItsSettingsAndTasks(string method, string stage)
    {
        MethodPart part = Assert.Single(MethodPlan.Parts(method));

        Assert.Equal((stage, method, ""), (part.Stage, part.Method, part.SettingPrefix));
        Assert.Empty(part.Tasks);
    }

    [Fact]
    public void Parts_Fused_AreThreeWithATaskEach()
    {
        IReadOnlyList<MethodPart> parts = MethodPlan.Parts("fused");

        Assert.Equal(["GenerateMasks", "DecodeProposals", "FilterPrompts"], parts.Select(part => part.Stage));
        Assert.Equal(["automask", "proposals", "car"], parts.Select(part => part.Method));
        Assert.Equal(["automask.", "", "car."], parts.Select(part => part.SettingPrefix));
        Assert.Equal(
            [SegmentationTask.Masks, SegmentationTask.Panoptic, SegmentationTask.Semantic],
            parts.Select(part => Assert.Single(part.Tasks)));
    }

    [Theory]
    [InlineData(false, false, "Prepare GenerateMasks Aggregate Publish")]
    [InlineData(true, false, "Prepare ExpandPrompts GenerateMasks Aggregate Publish")]
    [InlineData(false, true, "Prepare GenerateMasks Aggregate Publish Notify")]
    public void Stages_Job_StandInTheirOrder(bool expands, bool notifies, string stages)
    {
        var job = new SegmentationJob("a", new ArtefactReference("requests/r", 1), "automask", expands, notifies);

        Assert.Equal(stages, string.Join(' ', MethodPlan.Stages(job)));
    }
}
