using FrozenSeg.Evaluation.Instances;

namespace FrozenSeg.Evaluation.Tests.Instances;

/// <summary>pycocotools' rules of who finds whom, one at a time.</summary>
public class CategoryMatcherTests
{
    private static readonly AreaRange Anything = AreaRange.All[0];

    [Fact]
    public void Thresholds_LastOne_IsExactlyNineteenTwentieths()
    {
        Assert.Equal(10, CategoryMatcher.Thresholds.Length);
        Assert.Equal((0.5, 0.95), (CategoryMatcher.Thresholds[0], CategoryMatcher.Thresholds[^1]));
    }

    [Fact]
    public void Match_TwoDetectionsOfOneObject_TheFirstTakesIt()
    {
        CategoryMatches matches = Match([Detection(0.9), Detection(0.8)], [Object()], new[,] { { 0.6 }, { 0.9 } });

        Assert.Equal((true, false), (matches.Matched[0, 0], matches.Matched[0, 1]));
        Assert.Equal(1, matches.Counted);
    }

    [Fact]
    public void Match_OverlapBelowTheThreshold_FindsNothingThere()
    {
        CategoryMatches matches = Match([Detection(0.9)], [Object()], new[,] { { 0.72 } });

        Assert.Equal([true, true, true, true, true, false, false, false, false, false], Row(matches.Matched));
    }

    [Fact]
    public void Match_TwoDetectionsInACrowd_AreBothIgnored()
    {
        CategoryMatches matches = Match(
            [Detection(0.9), Detection(0.8)], [Object(isCrowd: true)], new[,] { { 0.9 }, { 0.9 } });

        Assert.Equal((true, true), (matches.Ignored[0, 0], matches.Ignored[0, 1]));
        Assert.Equal(0, matches.Counted);
    }

    [Fact]
    public void Match_ObjectThatCounts_IsNotLeftForACrowdThatOverlapsMore()
    {
        CategoryMatches matches = Match([Detection(0.9)], [Object(isCrowd: true), Object()], new[,] { { 0.95, 0.6 } });

        Assert.True(matches.Matched[0, 0]);
        Assert.False(matches.Ignored[0, 0]);
    }

    [Fact]
    public void Match_FirstObjectThatCounts_IsNotLeftForACrowdBehindIt()
    {
        CategoryMatches matches = Match([Detection(0.9)], [Object(), Object(isCrowd: true)], new[,] { { 0.6, 0.95 } });

        Assert.True(matches.Matched[0, 0]);
        Assert.False(matches.Ignored[0, 0]);
    }

    [Fact]
    public void Match_TwoObjectsThatOverlapAlike_TheLaterIsTaken()
    {
        CategoryMatches matches = Match(
            [Detection(0.9), Detection(0.8)], [Object(), Object()], new[,] { { 0.6, 0.6 }, { 0, 0.6 } });

        Assert.Equal((true, false), (matches.Matched[0, 0], matches.Matched[0, 1]));
    }

    [Fact]
    public void Match_DetectionOfAnotherSizeThatFindsNothing_IsIgnored()
    {
        AreaRange small = AreaRange.All[1];

        CategoryMatches matches = CategoryMatcher.Match(
            [Detection(0.9, area: 5000)], [], new double[1, 0], small, excuseFalse: false);

        Assert.True(matches.Ignored[0, 0]);
    }

    [Fact]
    public void Match_ClassThatIsNotExhaustivelyAnnotated_ExcusesWhatFindsNothing()
    {
        CategoryMatches matches = CategoryMatcher.Match(
            [Detection(0.9)], [], new double[1, 0], Anything, excuseFalse: true);

        Assert.True(matches.Ignored[0, 0]);
    }

    [Fact]
    public void Match_AnnotationWithTheIdZero_MakesItsDetectionAFalseOne()
    {
        CategoryMatches matches = Match([Detection(0.9)], [Object() with { HasZeroId = true }], new[,] { { 0.9 } });

        Assert.False(matches.Matched[0, 0]);
        Assert.False(matches.Ignored[0, 0]);
    }

    private static CategoryMatches Match(
        InstanceObject[] detections, InstanceObject[] annotations, double[,] overlaps) =>
        CategoryMatcher.Match(detections, annotations, overlaps, Anything, excuseFalse: false);

    private static InstanceObject Detection(double score, double area = 100) =>
        new(
            null,
            new BoxXywhDouble(0, 0, 10, 10),
            area,
            area,
            score,
            IsCrowd: false,
            IsIgnored: false,
            HasZeroId: false);

    private static InstanceObject Object(bool isCrowd = false) =>
        new(null, new BoxXywhDouble(0, 0, 10, 10), 100, 100, 0, isCrowd, IsIgnored: isCrowd, HasZeroId: false);

    private static bool[] Row(bool[,] matched) =>
        [.. Enumerable.Range(0, matched.GetLength(0)).Select(t => matched[t, 0])];
}
