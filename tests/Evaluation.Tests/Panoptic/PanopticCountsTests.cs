using FrozenSeg.Evaluation.Panoptic;

namespace FrozenSeg.Evaluation.Tests.Panoptic;

public class PanopticCountsTests
{
    // Two pairs of 0.8 and 0.7, one false segment, three misses: 1.5 / (2 + 0.5 + 1.5).
    private static readonly PanopticCounts Some = new(2, 1, 3, 1.5);

    [Fact]
    public void Quality_Counts_IsThePapersFraction()
    {
        Assert.Equal(1.5 / 4, Some.Quality, 12);
        Assert.Equal(0.75, Some.SegmentationQuality, 12);
        Assert.Equal(0.5, Some.RecognitionQuality, 12);
        Assert.Equal(Some.Quality, Some.SegmentationQuality * Some.RecognitionQuality, 12);
    }

    [Theory]
    [InlineData(1, 0, 0, true)]
    [InlineData(0, 1, 0, true)]
    [InlineData(0, 0, 1, true)]
    [InlineData(0, 0, 0, false)]
    public void Occurs_AnySegment_IsEnough(int pairs, int falseOnes, int misses, bool occurs)
    {
        var counts = new PanopticCounts(pairs, falseOnes, misses, pairs);

        Assert.Equal(occurs, counts.Occurs);
        Assert.Equal(pairs, counts.Quality);
        Assert.Equal((pairs, pairs), (counts.SegmentationQuality, counts.RecognitionQuality));
    }

    [Fact]
    public void Add_TwoLots_SumsEachPart()
    {
        Assert.Equal(new PanopticCounts(12, 21, 33, 44.5), Some + new PanopticCounts(10, 20, 30, 43));
    }
}
