using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Progress;

namespace FrozenSeg.Serving.Tests.Workflow;

public sealed class WorkflowProgressTests
{
    [Fact]
    public void Fraction_NoStages_IsNothingDone()
    {
        Assert.Equal(0, WorkflowProgress.None.Fraction);
    }

    [Theory]
    [InlineData(StageNames.GenerateMasks)]
    [InlineData(StageNames.DecodeProposals)]
    [InlineData(StageNames.FilterPrompts)]
    public void Fraction_StageOfAMethod_WeighsTen(string stage)
    {
        var progress = new WorkflowProgress(
            [At(StageNames.Prepare, StageState.Done, 0), At(stage, StageState.Running, 0.25), At(
                StageNames.Publish, StageState.Pending, 0)]);

        Assert.Equal((1 + 2.5) / 12.0, progress.Fraction, 12);
    }

    [Fact]
    public void Fraction_StageThatWasSkipped_IsDone()
    {
        var progress = new WorkflowProgress(
            [At(StageNames.Prepare, StageState.Skipped, 0), At(StageNames.Publish, StageState.Failed, 0.5)]);

        Assert.Equal(0.75, progress.Fraction, 12);
    }

    [Fact]
    public void At_RunningStage_MovesItAlone()
    {
        var progress = new WorkflowProgress(
            [At("a", StageState.Running, 0.1), At("b", StageState.Running, 0.1), At("c", StageState.Done, 1), At(
                "d", StageState.Pending, 0)]);

        Assert.Equal([0.7, 0.1, 1, 0], progress.At("a", 0.7).Stages.Select(stage => stage.Fraction));
        Assert.Equal(progress.Stages, progress.At("c", 0.7).Stages);
        Assert.Equal(progress.Stages, progress.At("d", 0.7).Stages);
        Assert.Equal(progress.Stages, progress.At("e", 0.7).Stages);
    }

    private static StageProgress At(string name, StageState state, double fraction) =>
        new(name, state, null, 1, fraction);
}
