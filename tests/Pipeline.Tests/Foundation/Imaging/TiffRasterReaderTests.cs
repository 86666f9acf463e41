using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Tiff;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Imaging;

public sealed class TiffRasterReaderTests
{
    // Written by Pillow (libtiff), but for the last one; what ADE20K-847 and Pascal Context 459 come as is plain.
    [Theory]
    [InlineData("plain-16.tif", 21, 33)]
    [InlineData("lzw-16.tif", 90, 120)]
    [InlineData("lzw-predictor-16.tif", 90, 120)]
    [InlineData("deflate-16-big.tif", 21, 33)]
    public void Read_SixteenBitGrey_GivesTheSamples(string name, int height, int width)
    {
        Raster raster = TiffRasterReader.Read(
            File.ReadAllBytes(Fixtures.Path("labels", name)), name, ImageLimits.Default);

        Assert.Equal((height, width, 16, 1), (raster.Height, raster.Width, raster.BitDepth, raster.Channels));
        Assert.Equal(LabelFixtures.Labels(height, width).Labels.ToArray(), Samples(raster));
    }

    [Theory]
    [InlineData("plain-16.tif", 200, "damaged")]
    [InlineData("lzw-16.tif", 9000, "damaged")]
    [InlineData("deflate-16-big.tif", 600, "damaged")]
    [InlineData("plain-16.tif", 3, "damaged")]
    public void Read_CutShort_IsRefused(string name, int length, string found)
    {
        byte[] whole = File.ReadAllBytes(Fixtures.Path("labels", name));

        SegmentationProblem problem = Assert.Single(Assert.Throws<SegmentationProblemException>(
            () => TiffRasterReader.Read(whole[..length], name, ImageLimits.Default)).Problems);

        Assert.Contains(found, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyByteChanged_NeverFailsOtherwiseThanWithAProblem()
    {
        byte[] whole = File.ReadAllBytes(Fixtures.Path("labels", "lzw-predictor-16.tif"));
        var random = new Random(3);
        for (int i = 0; i < 300; i++)
        {
            byte[] changed = [.. whole];
            changed[random.Next(i % 2 == 0 ? changed.Length : 200)] = (byte)random.Next(256);
            Exception? failure = Record.Exception(() => TiffRasterReader.Read(changed, "a.tif", ImageLimits.Default));
            Assert.True(failure is null or SegmentationProblemException, failure?.ToString());
        }
    }

    private static int[] Samples(Raster raster) => [.. Enumerable.Range(0, raster.Height * raster.Width).Select(
        at => (raster.Rows[2 * at] << 8) + raster.Rows[(2 * at) + 1])];
}
