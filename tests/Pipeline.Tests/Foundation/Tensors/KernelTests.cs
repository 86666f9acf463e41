using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Tests.Foundation.Tensors;

public sealed class KernelTests
{
    [Fact]
    public void BoxNms_KeepsTheBestOfEachPile()
    {
        BoxXyxy[] boxes = [new(0, 0, 10, 10), new(1, 1, 11, 11), new(20, 20, 30, 30)];

        Assert.Equal([1, 2], BoxNms.Keep(boxes, [0.5f, 0.9f, 0.6f], 0.5));
    }

    [Fact]
    public void BoxNms_EqualScores_KeepTheOrderTheyCameIn()
    {
        BoxXyxy[] boxes = [new(0, 0, 1, 1), new(5, 5, 6, 6), new(0, 0, 1, 1)];

        Assert.Equal([0, 1], BoxNms.Keep(boxes, [0.5f, 0.5f, 0.5f], 0.5));
    }

    [Fact]
    public void BoxNms_OverlapOfExactlyTheThreshold_Stays() =>
        Assert.Equal([0, 1], BoxNms.Keep([new(0, 0, 2, 1), new(0, 0, 1, 1)], [2, 1], 0.5));

    [Fact]
    public void ConnectedComponents_DiagonalNeighbours_HangTogetherOnlyWithEight()
    {
        BinaryMask mask = Mask("10", "01");

        Assert.Equal(1, ConnectedComponents.Of(mask, Connectivity.Eight).Count);
        Assert.Equal(2, ConnectedComponents.Of(mask, Connectivity.Four).Count);
    }

    [Fact]
    public void ConnectedComponents_ArmsThatMeetLate_AreOne()
    {
        var components = ConnectedComponents.Of(Mask("101", "101", "111"), Connectivity.Four);

        Assert.Equal([2, 7], components.Areas);
    }

    [Fact]
    public void FillHoles_LargeHolesStay()
    {
        BinaryMask mask = Mask("11111", "10111", "11111", "11001", "11001", "11111");

        Assert.True(SmallRegions.FillHoles(mask, 2));
        Assert.True(mask[1, 1]);
        Assert.False(mask[3, 2]);
    }

    [Fact]
    public void RemoveIslands_AllSmall_KeepsTheLargest()
    {
        BinaryMask mask = Mask("11000", "00000", "00011", "00011");

        Assert.True(SmallRegions.RemoveIslands(mask, 100));
        Assert.Equal(4, mask.CountPixels());
    }

    [Fact]
    public void RemoveIslands_NothingSmall_ChangesNothing() =>
        Assert.False(SmallRegions.RemoveIslands(Mask("11", "11"), 4));

    [Fact]
    public void RunLengths_Intersection_CountsCommonPixels()
    {
        var random = new Random(5);
        for (int round = 0; round < 50; round++)
        {
            BinaryMask a = Random(random, 9, 7), b = Random(random, 9, 7);
            int expected = Enumerable.Range(0, 63).Count(i => a.Pixels[i] + b.Pixels[i] == 2);

            Assert.Equal(
                expected, RunLengths.Intersection(RunLengthEncoding.FromMask(a), RunLengthEncoding.FromMask(b)));
        }
    }

    [Fact]
    public void RunLengths_IoUOfTwoEmptyMasks_IsZero()
    {
        var empty = RunLengthEncoding.FromMask(new BinaryMask(2, 2));

        Assert.Equal(0, RunLengths.IoU(empty, empty));
    }

    private static BinaryMask Random(Random random, int height, int width)
    {
        var mask = new BinaryMask(height, width);
        for (int i = 0; i < mask.Pixels.Length; i++)
            mask.Pixels[i] = (byte)random.Next(2);
        return mask;
    }

    private static BinaryMask Mask(params string[] rows) =>
        new(rows.Length, rows[0].Length, [.. string.Concat(rows).Select(pixel => (byte)(pixel - '0'))]);
}
