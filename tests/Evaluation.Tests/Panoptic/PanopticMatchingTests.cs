using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Evaluation.Tests.Panoptic;

/// <summary>Pairs of segments in pictures of one row; 0 is void.</summary>
public class PanopticMatchingTests
{
    private const int Cat = 1, Sky = 2;

    [Fact]
    public void Match_MoreThanHalfShared_IsAPair()
    {
        PanopticCounts cats = Match("aaaa..", "bbb...", [Segment('a', Cat)], [Segment('b', Cat)])[Cat];

        Assert.Equal((1, 0, 0, 0.75), (cats.TruePositives, cats.FalsePositives, cats.FalseNegatives, cats.IoUSum));
    }

    [Fact]
    public void Match_ExactlyHalfShared_IsAMissAndAFalseOne()
    {
        PanopticCounts cats = Match("aaaacccc", "bbb..bdd", [Segment('a', Cat), Segment('c', Sky)],
            [Segment('b', Cat), Segment('d', Sky)])[Cat];

        Assert.Equal(new PanopticCounts(1, 0, 0, 0.6), cats);
        Assert.Equal(
            new PanopticCounts(0, 1, 1, 0),
            Match("aaaacc", "bb..cc", [Segment('a', Cat), Segment('c', Sky)],
                [Segment('b', Cat), Segment('c', Sky)])[Cat]);
    }

    [Fact]
    public void Match_OtherClass_IsAMissOfOneAndAFalseOneOfTheOther()
    {
        Dictionary<int, PanopticCounts> counts = Match("aaaa", "bbbb", [Segment('a', Cat)], [Segment('b', Sky)]);

        Assert.Equal((new PanopticCounts(0, 0, 1, 0), new PanopticCounts(0, 1, 0, 0)), (counts[Cat], counts[Sky]));
    }

    [Fact]
    public void Match_PixelsInVoid_LeaveTheUnion()
    {
        PanopticCounts cats = Match("aa....", "bbbb..", [Segment('a', Cat)], [Segment('b', Cat)])[Cat];

        Assert.Equal(new PanopticCounts(1, 0, 0, 1), cats);
    }

    [Fact]
    public void Match_MostlyInVoid_CountsForNothing() =>
        Assert.False(Match("aa......", ".bbbbbb.", [Segment('a', Cat)], [Segment('b', Sky)]).ContainsKey(Sky));

    [Fact]
    public void Match_MostlyInACrowdOfItsClass_CountsForNothing()
    {
        SegmentLabel crowd = Segment('a', Cat) with { IsCrowd = true };

        Assert.Empty(Match("aaaa", "bbbb", [crowd], [Segment('b', Cat)]));
        Assert.Equal(new PanopticCounts(0, 1, 0, 0), Match("aaaa", "bbbb", [crowd], [Segment('b', Sky)])[Sky]);
    }

    [Fact]
    public void Match_StatedArea_CountsInsteadOfThePixels()
    {
        PanopticCounts cats = Match("aaaa", "bbbb", [Segment('a', Cat) with { Area = 5 }], [Segment('b', Cat)])[Cat];

        Assert.Equal(0.8, cats.IoUSum);
    }

    private static Dictionary<int, PanopticCounts> Match(
        string truth, string prediction, SegmentLabel[] annotated, SegmentLabel[] predicted) =>
        PanopticMatching.Match(annotated, predicted, new PanopticOverlap(Row(truth), Row(prediction)));

    private static SegmentLabel Segment(char id, int category) => new(id, category, IsCrowd: false, Area: null);

    // Letters are ids, points are void.
    private static Raster Row(string ids) => new(
        ids.Length, 1, 8, 3, [.. ids.SelectMany(id => new byte[] { id == '.' ? (byte)0 : (byte)id, 0, 0 })], []);
}
