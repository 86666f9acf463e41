using FrozenSeg.Evaluation.Instances;

namespace FrozenSeg.Evaluation.Tests.Instances;

/// <summary>The curve of COCO's average precision, on matches that are written down.</summary>
public class PrecisionRecallTests
{
    [Fact]
    public void Of_NothingToFind_IsNoFigure() =>
        Assert.Null(PrecisionRecall.Of([Picture([0.9], [false], counted: 0)], 100));

    [Fact]
    public void Of_NothingDetected_IsNothingFound()
    {
        PrecisionRecall found = PrecisionRecall.Of([Picture([], [], counted: 1)], 100)!;

        Assert.Equal((0, 0), (found.Precision[0], found.Recall[0]));
    }

    [Fact]
    public void Of_AllFoundFirst_IsOne()
    {
        PrecisionRecall found = PrecisionRecall.Of([Picture([0.9, 0.8, 0.1], [true, true, false], counted: 2)], 100)!;

        Assert.Equal((1, 1), (Math.Round(found.Precision[0], 12), found.Recall[0]));
    }

    [Fact]
    public void Of_OneOfTwoFoundBehindAFalseOne_CountsHalfOfTheLevelsOnce()
    {
        PrecisionRecall found = PrecisionRecall.Of([Picture([0.9, 0.8], [false, true], counted: 2)], 100)!;

        // Recall 0 to 0.5 are 51 of 101 levels, each with a precision of one half.
        Assert.Equal(51 * 0.5 / 101, found.Precision[0], 12);
        Assert.Equal(0.5, found.Recall[0]);
    }

    [Fact]
    public void Of_SeveralPictures_AreReadByScore()
    {
        PrecisionRecall found = PrecisionRecall.Of(
            [Picture([0.5], [false], counted: 1), Picture([0.9], [true], counted: 0)], 100)!;

        Assert.Equal(1, found.Precision[0], 12);
    }

    [Fact]
    public void Of_MoreDetectionsThanTheLimit_LeavesTheRestOut()
    {
        PrecisionRecall found = PrecisionRecall.Of([Picture([0.9, 0.8], [false, true], counted: 1)], 1)!;

        Assert.Equal((0, 0), (found.Precision[0], found.Recall[0]));
    }

    private static CategoryMatches Picture(double[] scores, bool[] isHit, int counted)
    {
        var matched = new bool[CategoryMatcher.Thresholds.Length, scores.Length];
        for (int t = 0; t < matched.GetLength(0); t++)
        {
            for (int d = 0; d < scores.Length; d++)
                matched[t, d] = isHit[d];
        }

        return new CategoryMatches(scores, matched, new bool[matched.GetLength(0), scores.Length], counted);
    }
}
