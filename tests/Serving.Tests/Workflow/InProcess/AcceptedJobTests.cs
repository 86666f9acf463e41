using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Tests.Workflow.InProcess;

public sealed class AcceptedJobTests
{
    private static readonly SegmentationJob Job = new(
        "a", new ArtefactReference("requests/r", 1), "car", Expands: false, Notifies: false);

    [Fact]
    public void IsOf_WholeJob_IsTheOneOfItsId()
    {
        Assert.True(IsOf(Job, "a"));
        Assert.False(IsOf(Job, "b"));
    }

    [Fact]
    public void IsOf_EachPartThatIsMissing_IsNone()
    {
        SegmentationJob[] broken =
        [
            null!,
            Job with { Method = "" },
            Job with { Method = null! },
            Job with { Request = null! },
            Job with { Request = new ArtefactReference("", 1) },
            Job with { Request = new ArtefactReference(null!, 1) },
        ];

        Assert.All(broken, job => Assert.False(IsOf(job, "a")));
    }

    private static bool IsOf(SegmentationJob job, string id) => new AcceptedJob(job, DateTimeOffset.UnixEpoch).IsOf(id);
}
