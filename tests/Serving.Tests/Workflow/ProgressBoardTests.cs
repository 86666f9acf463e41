using FrozenSeg.Serving.Workflow.Progress;

namespace FrozenSeg.Serving.Tests.Workflow;

public sealed class ProgressBoardTests
{
    private readonly ScriptedContext _context = new();
    private readonly ProgressBoard _board;

    public ProgressBoardTests() => _board = new ProgressBoard(_context, ["Prepare", "GenerateMasks", "Publish"]);

    [Fact]
    public void Now_BeforeAnythingBegins_IsPending()
    {
        Assert.Equal(
            [StageProgress.Pending("Prepare"), StageProgress.Pending(
                "GenerateMasks"), StageProgress.Pending("Publish")],
            _board.Now.Stages);
        Assert.Empty(_board.Timings);
        Assert.Empty(_context.Reports);
    }

    [Fact]
    public void Begin_Stage_CountsItsRunAndReports()
    {
        _board.Begin("GenerateMasks");
        _board.Begin("GenerateMasks");

        Assert.Equal(new StageProgress("GenerateMasks", StageState.Running, null, 2, 0), _board.Now.Stages[1]);
        Assert.Equal(
            [StageState.Pending, StageState.Running, StageState.Pending],
            _board.Now.Stages.Select(stage => stage.State));
        Assert.Equal([1, 2], _context.Reports.Select(report => report.Stages[1].Attempts));
    }

    [Theory]
    [InlineData(StageState.Done, 1)]
    [InlineData(StageState.Skipped, 1)]
    [InlineData(StageState.Failed, 0)]
    internal void End_Stage_KeepsItsTimeAndWhatIsDone(StageState state, double fraction)
    {
        _board.Begin("Prepare");
        _board.End("Prepare", state, 1.23456789);

        Assert.Equal(new StageProgress("Prepare", state, 1.2346, 1, fraction), _board.Now.Stages[0]);
        Assert.Equal([("Prepare", 1.2346)], _board.Timings.Select(timing => (timing.Stage, timing.Seconds)));
        Assert.Equal(2, _context.Reports.Count);
    }
}
