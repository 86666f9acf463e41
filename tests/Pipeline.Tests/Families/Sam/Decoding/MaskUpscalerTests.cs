using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Sam.Decoding;

/// <summary>The folded resize against the two steps it stands for.</summary>
public sealed class MaskUpscalerTests
{
    private const int MaskSize = 32, FrameSize = 128;

    [Theory]
    [InlineData(60, 80)]
    [InlineData(300, 200)]
    [InlineData(40, 1)]
    [InlineData(3, 500)]
    [InlineData(128, 128)]
    public void Upscale_EqualsResizeCropResize(int height, int width)
    {
        ResizeTransform transform = ResizeTransform.LongestSide(width, height, FrameSize);
        float[] logits = Smooth("logits");

        float[] actual = new MaskUpscaler(MaskSize, FrameSize, transform).Upscale(logits);

        TensorAssert.Close(TwoSteps(logits, transform), actual, 1e-5);
    }

    [Theory]
    [InlineData(60, 80)]
    [InlineData(300, 200)]
    [InlineData(40, 1)]
    public void Rasterise_CountsAndRunsAreThoseOfTheFullMask(int height, int width)
    {
        ResizeTransform transform = ResizeTransform.LongestSide(width, height, FrameSize);
        var upscaler = new MaskUpscaler(MaskSize, FrameSize, transform);
        float[] logits = Smooth("raster");
        float[] full = upscaler.Upscale(logits);

        MaskRaster raster = upscaler.Rasterise(logits, 0.5f);

        Assert.Equal(full.Count(value => value > 0.5f), raster.AboveUpper);
        Assert.Equal(full.Count(value => value > -0.5f), raster.AboveLower);
        Assert.Equal(full.Select(value => (byte)(value > 0 ? 1 : 0)), raster.Runs.ToMask().Pixels.ToArray());
    }

    [Fact]
    public void Rasterise_InACrop_LiesAtTheCropsPlace()
    {
        ResizeTransform transform = ResizeTransform.LongestSide(20, 10, FrameSize);
        var crop = new CropBox(7, 5, 27, 15, 1);
        float[] logits = [.. Enumerable.Repeat(3f, MaskSize * MaskSize)];

        MaskRaster raster = new MaskUpscaler(MaskSize, FrameSize, transform, crop, 40, 30).Rasterise(logits, 1);

        Assert.Equal(new BoxXyxy(7, 5, 26, 14), raster.Runs.InclusiveBox());
        Assert.Equal(200, raster.Runs.Area);
        Assert.Equal(1, raster.StabilityScore);
    }

    [Fact]
    public void Rasterise_NothingAboveTheThresholds_IsEmptyAndUnstable()
    {
        ResizeTransform transform = ResizeTransform.LongestSide(20, 10, FrameSize);
        float[] logits = [.. Enumerable.Repeat(-9f, MaskSize * MaskSize)];

        MaskRaster raster = new MaskUpscaler(MaskSize, FrameSize, transform).Rasterise(logits, 1);

        Assert.Equal(0, raster.Runs.Area);
        Assert.True(float.IsNaN(raster.StabilityScore));
    }

    private static float[] TwoSteps(float[] logits, ResizeTransform transform)
    {
        var frame = new float[FrameSize * FrameSize];
        PlaneResizer.Resize(logits, MaskSize, MaskSize, frame, FrameSize, FrameSize);
        float[] cropped = [.. Enumerable.Range(0, transform.NewHeight * transform.NewWidth).Select(
            i => frame[(i / transform.NewWidth * FrameSize) + (i % transform.NewWidth)])];
        var full = new float[transform.Height * transform.Width];
        PlaneResizer.Resize(cropped, transform.NewHeight, transform.NewWidth, full, transform.Height, transform.Width);
        return full;
    }

    private static float[] Smooth(string name)
    {
        var logits = new float[MaskSize * MaskSize];
        PlaneResizer.Resize(SyntheticNumbers.Floats(name, 49, 4), 7, 7, logits, MaskSize, MaskSize);
        return logits;
    }
}
