using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Video;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Video;

/// <summary>
/// Frames of 30 rows and 40 columns, whose diagonal is 50: a share of a tenth lets boundaries lie five pixels apart.
/// </summary>
public sealed class FrameComparisonTests : IDisposable
{
    private const int Height = 30, Width = 40;

    private readonly TemporaryFolder _folder = new();
    private readonly ProblemLog _problems = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(10, 1, 1)]
    [InlineData(15, 1, 10 / 15.0)]
    [InlineData(16, 0, 10 / 16.0)]
    [InlineData(5, 1, 0.5)]
    [InlineData(4, 0, 0.4)]
    public void Compare_EdgeThatMoved_MatchesUpToItsShareOfTheDiagonal(int end, double boundary, double region)
    {
        FrameScores scores = Compare(new VideoOptions { BoundaryShare = 0.1 }, 1, [(1, 0, 10)], [(1, 0, end)]);

        (double j, double f) = Assert.Single(Assert.Single(scores.Pairs));
        Assert.Equal((region, boundary), (j, f));
    }

    [Fact]
    public void Compare_ByNumber_ScoresEachObjectWithItsOwn()
    {
        FrameScores scores = Compare(new VideoOptions(), 2, [(1, 0, 10), (2, 20, 30)], [(2, 20, 30), (1, 0, 5)]);

        Assert.Equal([0.5, 1], scores.Pairs.Select(pairs => Assert.Single(pairs).J));
        Assert.Empty(scores.Proposals);
        Assert.Empty(scores.Absent);
        Assert.Equal(2, scores.LargestProposal);
    }

    [Fact]
    public void Compare_EachWithEach_ScoresThePresentProposalsAndNothing()
    {
        FrameScores scores = Compare(
            new VideoOptions { MatchObjects = true }, 2, [(1, 0, 10), (2, 20, 30)], [(3, 20, 30), (5, 0, 5)]);

        Assert.Equal([3, 5], scores.Proposals);
        Assert.Equal([[0, 0.5], [1, 0]], scores.Pairs.Select(pairs => pairs.Select(pair => pair.J)));
        Assert.Equal([(0, 0), (0, 0)], scores.Absent);
        Assert.Equal(5, scores.LargestProposal);
    }

    [Fact]
    public void Compare_ObjectThatHasLeft_AgreesWithNothing()
    {
        FrameScores scores = Compare(new VideoOptions { MatchObjects = true }, 1, [], []);

        Assert.Equal([(1, 1)], scores.Absent);
        Assert.Empty(Assert.Single(scores.Pairs));
    }

    [Theory]
    [InlineData(false, 3, true)]
    [InlineData(false, 2, false)]
    [InlineData(true, 4, true)]
    [InlineData(true, 3, false)]
    public void Compare_MoreObjectsThanAllowed_IsNotedByTheFrame(bool matches, int largest, bool isNoted)
    {
        Compare(new VideoOptions { MatchObjects = matches, MostProposals = 3 }, 2, [(1, 0, 10)], [(largest, 0, 10)]);

        Assert.Equal(isNoted, !_problems.IsEmpty);
        if (isNoted)
            Assert.Equal(
                _folder.Path("pred.png"),
                Assert.Throws<SegmentationProblemException>(_problems.ThrowIfAny).Problems[0].Where);
    }

    private FrameScores Compare(VideoOptions rules, int objects, (int Id, int Start, int End)[] truth, (
        int Id, int Start, int End)[] prediction) =>
        new FrameComparison(rules, _problems)
            .Compare(new VideoFrame("0", Write("gt.png", truth), Write("pred.png", prediction)), objects);

    private string Write(string name, (int Id, int Start, int End)[] stripes)
    {
        var map = new LabelMap(Height, Width);
        foreach ((int id, int start, int end) in stripes)
        {
            for (int y = 0; y < Height; y++)
                map.Labels[((y * Width) + start)..((y * Width) + end)].Fill(id);
        }

        return _folder.Write(name, LabelMapPng.Write(map));
    }
}
