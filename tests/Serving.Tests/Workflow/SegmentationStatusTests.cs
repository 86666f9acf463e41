using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Progress;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Tests.Workflow;

public sealed class SegmentationStatusTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly SegmentationJob Job = new(
        "a", new ArtefactReference("requests/r", 1), "car", Expands: false, Notifies: false);

    private static readonly SegmentationStatus Whole = SegmentationStatus.Queued(Job, Now) with
    {
        State = SegmentationState.Succeeded,
        Ended = Now,
        Files = new Dictionary<string, ArtefactReference> { ["result.json"] = new("results/a/result.json", 1) },
        Problems = [Problem()],
    };

    [Fact]
    public void Queued_Job_HasNotBegun()
    {
        SegmentationStatus status = SegmentationStatus.Queued(Job, Now);

        Assert.Equal(
            ("a", SegmentationState.Queued, "car", "requests/r"),
            (status.Id, status.State, status.Method, status.RequestKey));
        Assert.Equal((Now, null, null), (status.Created, status.Ended, status.Segments));
        Assert.False(status.HasEnded);
        Assert.Empty(status.Files);
    }

    [Theory]
    [InlineData(SegmentationState.Queued, false)]
    [InlineData(SegmentationState.Running, false)]
    [InlineData(SegmentationState.Succeeded, true)]
    [InlineData(SegmentationState.Failed, true)]
    [InlineData(SegmentationState.Cancelled, true)]
    internal void HasEnded_State_IsOneOfTheLast(SegmentationState state, bool hasEnded)
    {
        Assert.Equal(hasEnded, (Whole with { State = state }).HasEnded);
        Assert.Equal(hasEnded, (Whole with { State = state }).IsEndOf("a"));
    }

    [Fact]
    public void IsEndOf_EachPartThatIsMissing_IsNoEnd()
    {
        SegmentationStatus[] broken =
        [
            Whole with { Ended = null },
            Whole with { Method = null! },
            Whole with { RequestKey = null! },
            Whole with { Progress = null! },
            Whole with { Progress = new WorkflowProgress(null!) },
            Whole with { Files = null! },
            Whole with
            {
                Files = new Dictionary<string, ArtefactReference> { ["a"] = Whole.Files["result.json"], ["b"] = null! },
            },
            Whole with { Files = new Dictionary<string, ArtefactReference> { ["a"] = new("", 1) } },
            Whole with { Problems = null! },
            Whole with { Problems = [Problem(), null!] },
            Whole with { Warnings = null! },
        ];

        Assert.True(Whole.IsEndOf("a"));
        Assert.False(Whole.IsEndOf("A"));
        Assert.All(broken, status => Assert.False(status.IsEndOf("a")));
    }

    [Fact]
    public void With_EndOfTheWorkflow_TakesWhatItSays()
    {
        var progress = new WorkflowProgress([StageProgress.Pending("Prepare")]);
        var published = new PublishedFiles(Whole.Files, 3);

        SegmentationStatus done = SegmentationStatus.Queued(Job, Now)
            .With(new WorkflowResult(published, [], ["slow"], progress), Now.AddMinutes(1));
        SegmentationStatus failed = done.With(new WorkflowResult(null, [Problem()], [], progress), Now);

        Assert.Equal(
            (SegmentationState.Succeeded, 3, Now, Now.AddMinutes(1)),
            (done.State, done.Segments, done.Created, done.Ended));
        Assert.Equal((Whole.Files, progress), (done.Files, done.Progress));
        Assert.Equal(["slow"], done.Warnings);
        Assert.Empty(done.Problems);
        Assert.Equal((SegmentationState.Failed, null, Now), (failed.State, failed.Segments, failed.Ended));
        Assert.Empty(failed.Files);
        Assert.Equal([Problem()], failed.Problems);
    }

    private static SegmentationProblem Problem() => new(ProblemKind.Storage, "a", "it broke", "Mend it");
}
