using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Tests.Families.Sam;

public sealed class CropAndGridTests
{
    [Fact]
    public void PointGrid_LiesAtCellCentresXFastest() => Assert.Equal(
        [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)], PointGrid.Build(2));

    [Theory]
    [InlineData(32, 0, 2, 32)]
    [InlineData(32, 2, 2, 8)]
    [InlineData(10, 1, 3, 3)]
    public void PointsPerSide_ShrinkWithEachLayer(int points, int layer, int factor, int expected) =>
        Assert.Equal(expected, PointGrid.PointsPerSide(points, layer, factor));

    [Fact]
    public void Generate_OneLayer_CoversThePictureWithOverlap()
    {
        IReadOnlyList<CropBox> boxes = CropBox.Generate(1800, 1200, 1, 512.0 / 1500);

        Assert.Equal(
            [new CropBox(0, 0, 1800, 1200, 0), new(0, 0, 1105, 805, 1), new(
                0, 396, 1105, 1200, 1), new(696, 0, 1800, 805, 1), new(696, 396, 1800, 1200, 1)],
            boxes);
    }

    [Fact]
    public void Generate_FewerPixelsThanCrops_LeavesEmptyOnesOut() => Assert.All(
        CropBox.Generate(1, 3, 2, 512.0 / 1500), box => Assert.True(box.Width > 0 && box.Height > 0, $"{box}"));

    [Theory]
    [InlineData(0, 0, 50, 50, false)]
    [InlineData(60, 0, 99, 50, true)]
    [InlineData(30, 30, 70, 70, false)]
    public void Touches_OnlySidesThatCutThePicture(float x0, float y0, float x1, float y1, bool expected) =>
        Assert.Equal(expected, CropEdge.Touches(new BoxXyxy(x0, y0, x1, y1), new CropBox(0, 0, 100, 200, 1), 200, 200));
}
