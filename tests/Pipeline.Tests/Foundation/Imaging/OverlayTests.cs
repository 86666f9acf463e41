using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Tests.Foundation.Imaging;

public sealed class OverlayTests
{
    private static readonly Rgb Red = new(255, 0, 0);

    [Fact]
    public void Paint_TintsInsideAndOutlinesTheEdge()
    {
        PixelImage painted = OverlayPainter.Paint(new PixelImage(20, 20), [new OverlayMask(Square(20, 5, 15), Red)]);

        Assert.Equal([0, 0, 0], painted.Pixel(2, 2).ToArray());
        Assert.Equal([255, 89, 89], painted.Pixel(5, 10).ToArray());
        Assert.Equal([102, 0, 0], painted.Pixel(10, 10).ToArray());
    }

    [Fact]
    public void Paint_PixelOfTwoMasks_HasTheUppermostsTintAlone()
    {
        PixelImage painted = OverlayPainter.Paint(
            new PixelImage(20, 20),
            [new OverlayMask(Square(20, 2, 18), new Rgb(0, 0, 255)), new OverlayMask(Square(20, 5, 15), Red)]);

        Assert.Equal([102, 0, 0], painted.Pixel(10, 10).ToArray());
        Assert.Equal([0, 0, 102], painted.Pixel(4, 10).ToArray());
    }

    [Fact]
    public void Paint_SliverBetweenTwoMasks_IsNotOutlined()
    {
        var below = new BinaryMask(20, 20);
        for (int y = 0; y < 20; y++)
            below[y, 10] = true;
        OverlayMask[] masks =
        [
            new(RunLengthEncoding.FromMask(below), new Rgb(0, 255, 0)),
            new(Columns(20, 0, 10), Red),
            new(Columns(20, 11, 20), Red),
        ];

        PixelImage painted = OverlayPainter.Paint(new PixelImage(20, 20), masks);

        Assert.Equal([255, 89, 89], painted.Pixel(10, 10).ToArray());
    }

    [Fact]
    public void Paint_LeavesThePictureAsItIs()
    {
        var image = new PixelImage(20, 20);

        OverlayPainter.Paint(image, [new OverlayMask(Square(20, 0, 20), Red, "label")]);

        Assert.True(image.Pixels.ToArray().All(value => value == 0));
    }

    [Fact]
    public void Paint_LabelInAnyScript_IsWritten()
    {
        RunLengthEncoding mask = Square(120, 10, 110);
        byte[] plain = OverlayPainter.Paint(new PixelImage(120, 120), [new OverlayMask(mask, Red)]).Pixels.ToArray();

        foreach (string label in new[] { "cat", "кот", "γάτα", "猫", "🐈" })
            Assert.NotEqual(
                plain,
                OverlayPainter.Paint(new PixelImage(120, 120), [new OverlayMask(mask, Red, label)]).Pixels.ToArray());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 400)]
    public void Paint_PictureSmallerThanItsLabel_IsNoProblem(int height, int width)
    {
        var mask = new BinaryMask(height, width) { [0, 0] = true };

        PixelImage painted = OverlayPainter.Paint(
            new PixelImage(width, height),
            [new OverlayMask(RunLengthEncoding.FromMask(mask), Red, "a rather long label")]);

        Assert.Equal((width, height), (painted.Width, painted.Height));
    }

    [Theory]
    [InlineData(128, 128, 3)]
    [InlineData(1, 200, 2)]
    [InlineData(24, 16, 4)]
    [InlineData(255, 100, 2)]
    [InlineData(256, 100, 1)]
    public void PaintLegibly_SmallPicture_IsEnlarged(int width, int height, int factor)
    {
        PixelImage painted = OverlayPainter.PaintLegibly(new PixelImage(width, height), []);

        Assert.Equal((factor * width, factor * height), (painted.Width, painted.Height));
    }

    [Fact]
    public void PaintLegibly_EveryPixelBecomesABlock()
    {
        var image = new PixelImage(100, 100);
        image.Pixel(7, 8).Fill(200);
        var mask = new BinaryMask(100, 100);
        for (int y = 40; y < 60; y++)
            mask.Row(y)[40..60].Fill(1);

        PixelImage painted = OverlayPainter.PaintLegibly(
            image, [new OverlayMask(RunLengthEncoding.FromMask(mask), Red)]);

        Assert.Equal((200, 200), (painted.Pixel(28, 32)[0], painted.Pixel(31, 35)[1]));
        Assert.Equal([255, 89, 89], painted.Pixel(160, 200).ToArray());
        Assert.Equal([102, 0, 0], painted.Pixel(200, 200).ToArray());
    }

    [Fact]
    public void LabelPlace_LiesInTheThickestPart()
    {
        // A thin bar with a thick end.
        var mask = new BinaryMask(11, 40);
        for (int y = 0; y < 11; y++)
        {
            for (int x = 0; x < 40; x++)
                mask[y, x] = x >= 29 || y == 5;
        }

        (int X, int Y) place = LabelPlace.Inside(mask);

        Assert.InRange(place.X, 32, 36);
        Assert.InRange(place.Y, 4, 6);
    }

    [Fact]
    public void Legend_WrapsIntoLinesBelowThePicture()
    {
        var image = new PixelImage(120, 30);

        PixelImage one = LegendPainter.Append(image, [("cat", Red)]);
        PixelImage many = LegendPainter.Append(image, [.. Enumerable.Repeat(("a long name", Red), 6)]);

        Assert.Same(image, LegendPainter.Append(image, []));
        Assert.Equal(120, many.Width);
        Assert.True(one.Height > image.Height && many.Height > one.Height);
    }

    private static RunLengthEncoding Columns(int side, int from, int to)
    {
        var mask = new BinaryMask(side, side);
        for (int y = 0; y < side; y++)
            mask.Row(y)[from..to].Fill(1);
        return RunLengthEncoding.FromMask(mask);
    }

    private static RunLengthEncoding Square(int size, int from, int to)
    {
        var mask = new BinaryMask(size, size);
        for (int y = from; y < to; y++)
            mask.Row(y)[from..to].Fill(1);
        return RunLengthEncoding.FromMask(mask);
    }
}
