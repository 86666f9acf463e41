using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Tests.Instances;

public class InstanceOverlapTests
{
    [Theory]
    [InlineData(0, 0, 10, 10, 10, 10, 0)]
    [InlineData(10, 0, 10, 10, 0, 0, 0)]
    [InlineData(0, 10, 10, 10, 0, 0, 0)]
    [InlineData(5, 0, 10, 10, 0, 0, 50)]
    [InlineData(0, 5, 10, 10, 0, 0, 50)]
    [InlineData(2, 3, 4, 5, 0, 0, 20)]
    [InlineData(-3, -4, 10, 10, 0, 0, 42)]
    public void Intersection_Boxes_IsTheAreaTheyShare(
        double x, double y, double width, double height, double otherX, double otherY, double expected)
    {
        BoxXywhDouble box = new(x, y, width, height), other = new(otherX, otherY, 10, 10);

        Assert.Equal(expected, box.Intersection(other));
        Assert.Equal(expected, other.Intersection(box));
    }

    [Fact]
    public void IoU_Boxes_IsTheShareOfEither()
    {
        double[,] overlaps = InstanceOverlap.IoU(
            [Box(0, 10), Box(100, 10)], [Box(5, 10), Box(0, 5), Box(100, 10)], crowds: true);

        Assert.Equal([50 / 150.0, 0.5, 0, 0, 0, 1], overlaps.Cast<double>());
    }

    [Fact]
    public void IoU_Crowd_IsTheShareOfTheDetectionInsideIt()
    {
        InstanceObject crowd = Box(5, 100) with { IsCrowd = true };

        Assert.Equal(0.5, InstanceOverlap.IoU([Box(0, 10)], [crowd], crowds: true)[0, 0]);
        Assert.Equal(50 / 1050.0, InstanceOverlap.IoU([Box(0, 10)], [crowd], crowds: false)[0, 0], 12);
    }

    [Fact]
    public void IoU_Masks_AreComparedInsideTheirBoxes()
    {
        InstanceObject left = Mask(1, 1, 0, 0), right = Mask(0, 1, 1, 1), apart = Mask(1, 0, 0, 0);

        Assert.Equal(0.25, InstanceOverlap.IoU([left], [right], crowds: false)[0, 0]);
        Assert.Equal(0, InstanceOverlap.IoU([apart], [right], crowds: false)[0, 0]);
        // The boxes meet and the pixels do not.
        Assert.Equal(0, InstanceOverlap.IoU([Mask(1, 0, 1, 0)], [Mask(0, 1, 0, 0)], crowds: false)[0, 0]);
    }

    [Theory]
    [InlineData("", 0, false)]
    [InlineData("", 1e10, false)]
    [InlineData("", 1e10 + 2, true)]
    [InlineData("s", 0, false)]
    [InlineData("s", 1024, false)]
    [InlineData("s", 1024.5, true)]
    [InlineData("m", 1023.5, true)]
    [InlineData("m", 1024, false)]
    [InlineData("m", 9216, false)]
    [InlineData("m", 9216.5, true)]
    [InlineData("l", 9215.5, true)]
    [InlineData("l", 9216, false)]
    public void Excludes_Area_LeavesBothEndsIn(string suffix, double area, bool isExcluded)
    {
        Assert.Equal(isExcluded, AreaRange.All.Single(range => range.Suffix == suffix).Excludes(area));
    }

    private static InstanceObject Box(double x, double width) =>
        new(
            null, new BoxXywhDouble(x, 0, width, 10), width * 10, width * 10, 0, IsCrowd: false, IsIgnored: false,
            HasZeroId: false);

    private static InstanceObject Mask(params byte[] row)
    {
        RunLengthEncoding mask = RunLengthEncoding.FromMask(new BinaryMask(1, row.Length, row));
        BoxXyxy box = mask.InclusiveBox();
        return new InstanceObject(
            mask,
            new BoxXywhDouble(box.X0, 0, box.X1 - box.X0 + 1, 1),
            mask.Area,
            mask.Area,
            0,
            IsCrowd: false,
            IsIgnored: false,
            HasZeroId: false);
    }
}
