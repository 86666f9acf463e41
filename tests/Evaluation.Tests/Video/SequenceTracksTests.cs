using FrozenSeg.Evaluation.Video;

namespace FrozenSeg.Evaluation.Tests.Video;

public class SequenceTracksTests
{
    [Fact]
    public void Objects_ByNumber_AreTheTracksAsTheyCome()
    {
        var tracks = new SequenceTracks(2, matches: false);

        tracks.Add(new FrameScores([], [[(0.1, 0.2)], [(0.3, 0.4)]], [], 2));
        tracks.Add(new FrameScores([], [[(0.5, 0.6)], [(0.7, 0.8)]], [], 2));

        ObjectTrack[] objects = tracks.Objects();
        Assert.Equal([0.1, 0.5], objects[0].Regions);
        Assert.Equal([0.4, 0.8], objects[1].Boundaries);
        Assert.Equal((0.1 + 0.5 + 0.2 + 0.6) / 4, objects[0].Mean, 12);
        Assert.Equal(0, new ObjectTrack().Mean);
    }

    // Proposal 3 shows up in the second frame and leaves in the third: there and before, the object is compared with
    // nothing.
    [Fact]
    public void Objects_ProposalThatComesAndGoes_IsAbsentBeforeAndAfter()
    {
        var tracks = new SequenceTracks(1, matches: true);

        tracks.Add(new FrameScores([], [[]], [(0.1, 0.2)], 0));
        tracks.Add(new FrameScores([3], [[(0.9, 0.8)]], [(0.3, 0.4)], 3));
        tracks.Add(new FrameScores([], [[]], [(0.5, 0.6)], 0));

        ObjectTrack best = Assert.Single(tracks.Objects());
        Assert.Equal([0.1, 0.9, 0.5], best.Regions);
        Assert.Equal([0.2, 0.8, 0.6], best.Boundaries);
    }

    [Fact]
    public void Objects_SeveralProposals_ArePairedSoThatTheSumIsLargest()
    {
        var tracks = new SequenceTracks(2, matches: true);

        tracks.Add(new FrameScores([2, 5], [[(0.9, 0.9), (0.8, 0.8)], [(0.8, 0.8), (0, 0)]], [(0, 0), (0, 0)], 5));

        ObjectTrack[] objects = tracks.Objects();
        Assert.Equal([0.8], objects[0].Regions);
        Assert.Equal([0.8], objects[1].Regions);
    }

    // There are as many candidates as the largest number says: those that show nothing are among them.
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.7)]
    public void Objects_ProposalThatShowsNothing_IsACandidateUpToTheLargestNumber(int largest, double expected)
    {
        var tracks = new SequenceTracks(1, matches: true);

        tracks.Add(new FrameScores([1], [[(0, 0)]], [(0.7, 0.7)], largest));

        Assert.Equal([expected], tracks.Objects()[0].Regions);
    }

    [Fact]
    public void Copy_Track_GoesOnByItself()
    {
        var track = new ObjectTrack();
        track.Add(0.1, 0.2);
        ObjectTrack copy = track.Copy();
        copy.Add(0.3, 0.4);

        Assert.Equal([0.1], track.Regions);
        Assert.Equal([0.1, 0.3], copy.Regions);
        Assert.Equal([0.2, 0.4], copy.Boundaries);
    }
}
