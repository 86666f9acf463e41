using FrozenSeg.Evaluation.Video;

namespace FrozenSeg.Evaluation.Tests;

public sealed class BoundaryTests
{
    [Theory]
    [InlineData(5, 7)]
    [InlineData(9, 64)]
    [InlineData(11, 130)]
    public void Of_AnyMask_EqualsTheDefinition(int height, int width)
    {
        bool[,] mask = Random(height, width);

        BitRows boundary = Boundary.Of(Pack(mask));

        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                Assert.Equal(IsBoundary(mask, y, x), IsSet(boundary, y, x));
        }
    }

    [Theory]
    [InlineData(20, 70, 1)]
    [InlineData(20, 64, 3)]
    [InlineData(30, 150, 8)]
    public void Dilate_AnyMask_ReachesExactlyTheDisk(int height, int width, int radius)
    {
        var random = new Random(height);
        var mask = new bool[height, width];
        for (int i = 0; i < 12; i++)
            mask[random.Next(height), random.Next(width)] = true;

        BitRows dilated = Boundary.Dilate(Pack(mask), radius);

        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                Assert.Equal(IsNear(mask, y, x, radius), IsSet(dilated, y, x));
        }
    }

    // Where words meet, and at the edges of the picture.
    [Theory]
    [InlineData(64, 3)]
    [InlineData(128, 5)]
    [InlineData(150, 2)]
    public void Dilate_DotsAtTheEdgesOfWords_ReachTheNextWord(int width, int radius)
    {
        var mask = new bool[9, width];
        foreach (int x in (int[])[0, 63, 64, 127, 128, width - 1])
        {
            if (x < width)
                mask[4, x] = true;
        }

        BitRows dilated = Boundary.Dilate(Pack(mask), radius);

        for (int y = 0; y < 9; y++)
        {
            for (int x = 0; x < width; x++)
                Assert.Equal(IsNear(mask, y, x, radius), IsSet(dilated, y, x));
        }

        Assert.Equal(
            dilated.Count(), Enumerable.Range(0, 9 * width).Count(at => IsSet(dilated, at / width, at % width)));
    }

    [Theory]
    [InlineData(false, false, 1)]
    [InlineData(true, false, 0)]
    [InlineData(false, true, 0)]
    [InlineData(true, true, 1)]
    public void FMeasure_EmptyMasks_AreDefined(bool truth, bool prediction, double expected)
    {
        Assert.Equal(
            expected, MaskBoundary.FMeasure(new MaskBoundary(Dot(truth), 2), new MaskBoundary(Dot(prediction), 2)));

        static BitRows Dot(bool set)
        {
            var rows = new BitRows(8, 8);
            if (set)
                rows.Set(3, 3, 5);
            return rows;
        }
    }

    [Fact]
    public void Statistics_FiveFrames_ShareTheFramesAtTheEdges()
    {
        SequenceStatistics statistics = SequenceStatistics.Of([1, 0.8, 0.6, 0.4, 0.2]);

        Assert.Equal(0.6, statistics.Mean, 1e-12);
        Assert.Equal(0.6, statistics.Recall, 1e-12);
        Assert.Equal(0.9 - 0.3, statistics.Decay, 1e-12);
    }

    private static bool[,] Random(int height, int width)
    {
        var random = new Random(width);
        var mask = new bool[height, width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                mask[y, x] = random.Next(3) > 0;
        }

        return mask;
    }

    // Neighbours outside the picture do not differ.
    private static bool IsBoundary(bool[,] mask, int y, int x)
    {
        int right = Math.Min(x + 1, mask.GetLength(1) - 1), below = Math.Min(y + 1, mask.GetLength(0) - 1);
        return mask[y, x] != mask[y, right] || mask[y, x] != mask[below, x] || mask[y, x] != mask[below, right];
    }

    private static bool IsNear(bool[,] mask, int y, int x, int radius)
    {
        for (int dy = -radius; dy <= radius; dy++)
        {
            for (int dx = -radius; dx <= radius; dx++)
            {
                int row = y + dy, column = x + dx;
                if ((dx * dx) + (dy * dy) <= radius * radius && row >= 0 && column >= 0
                    && row < mask.GetLength(0) && column < mask.GetLength(1) && mask[row, column])
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static BitRows Pack(bool[,] mask)
    {
        var rows = new BitRows(mask.GetLength(0), mask.GetLength(1));
        for (int y = 0; y < rows.Height; y++)
        {
            for (int x = 0; x < rows.Width; x++)
            {
                if (mask[y, x])
                    rows.Set(y, x, x + 1);
            }
        }

        return rows;
    }

    private static bool IsSet(BitRows rows, int y, int x) => (rows.Row(y)[x / 64] >> (x % 64) & 1) != 0;
}
