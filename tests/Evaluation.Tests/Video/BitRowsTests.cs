using FrozenSeg.Evaluation.Video;

namespace FrozenSeg.Evaluation.Tests.Video;

public class BitRowsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 1)]
    [InlineData(65, 2)]
    [InlineData(128, 2)]
    public void Stride_Width_IsRoundedUpToWholeWords(int width, int stride)
    {
        var rows = new BitRows(3, width);

        Assert.Equal((3, width, stride, 3 * stride), (rows.Height, rows.Width, rows.Stride, rows.Words.Length));
        Assert.Equal(0, rows.Count());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 5)]
    [InlineData(63, 65)]
    [InlineData(0, 64)]
    [InlineData(64, 128)]
    [InlineData(3, 200)]
    public void Set_Pixels_AreThoseFromTheFirstToBeforeTheLast(int start, int end)
    {
        var rows = new BitRows(3, 200);

        rows.Set(1, start, end);

        Assert.Equal(end - start, rows.Count());
        for (int x = 0; x < 200; x++)
            Assert.Equal(x >= start && x < end, (rows.Row(1)[x / 64] >> (x % 64) & 1) == 1);
        Assert.False(rows.Row(0).ContainsAnyExcept(0UL) || rows.Row(2).ContainsAnyExcept(0UL));
    }

    [Fact]
    public void Set_PixelsThatAreSet_StaySet()
    {
        BitRows rows = Filled(10, 100);

        rows.Set(1, 50, 120);

        Assert.Equal(110, rows.Count());
    }

    [Fact]
    public void Overlap_TwoMasks_CountsBothAndEither()
    {
        BitRows a = Filled(10, 100), b = Filled(90, 150);

        Assert.Equal((10, 140), a.Overlap(b));
        a.Remove(b);
        Assert.Equal((0, 140), a.Overlap(b));
        Assert.Equal((80, 60), (a.Count(), b.Count()));
    }

    private static BitRows Filled(int start, int end)
    {
        var rows = new BitRows(2, 200);
        rows.Set(1, start, end);
        return rows;
    }
}
