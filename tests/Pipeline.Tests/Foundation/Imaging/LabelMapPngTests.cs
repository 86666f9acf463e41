using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Imaging;

public sealed class LabelMapPngTests
{
    private static readonly int[] Labels = [0, 1, 2, 3, 1, 3, 2, 1, 0, 0, 1, 1, 3, 3, 2];

    [Theory]
    [InlineData("palette2.png", 1, 255)]
    [InlineData("palette4.png", 1, 255)]
    [InlineData("palette8.png", 1, 255)]
    [InlineData("palette1.png", 1, 1)]
    [InlineData("grey8.png", 1, 255)]
    [InlineData("grey16.png", 1000, 65535)]
    public void Read_EveryDepth_GivesIndicesNotColours(string file, int scale, int mask)
    {
        LabelMap map = Read(file);

        Assert.Equal((3, 5), (map.Height, map.Width));
        Assert.Equal(Labels.Select(label => label * scale & mask), map.Labels.ToArray());
    }

    [Fact]
    public void Read_FilteredRows_AreRestored()
    {
        LabelMap map = Read("filtered.png");

        Assert.All(Enumerable.Range(0, 40 * 30), i => Assert.Equal((i / 30) + (i % 30), map[i / 30, i % 30]));
    }

    [Theory]
    [InlineData(255, 8)]
    [InlineData(256, 16)]
    [InlineData(65535, 16)]
    public void Write_TakesAsManyBitsAsTheLabelsNeed(int largest, int bits)
    {
        var map = new LabelMap(2, 3, [0, 1, 2, largest, 0, 7]);

        byte[] png = LabelMapPng.Write(map);

        Assert.Equal(bits, png[24]);
        Assert.Equal(map.Labels.ToArray(), LabelMapPng.Read(png, "again").Labels.ToArray());
    }

    [Fact]
    public void Write_IsAPictureForOthers()
    {
        PixelImage picture = ImageCodec.Decode(
            LabelMapPng.Write(new LabelMap(1, 2, [0, 1]), [Rgb.White, new Rgb(1, 2, 3)]), "map");

        Assert.Equal([255, 255, 255, 1, 2, 3], picture.Pixels.ToArray());
    }

    [Fact]
    public void Read_ColourPicture_IsRefused() =>
        Assert.Contains(
            "has one channel",
            Assert.Throws<SegmentationProblemException>(() => Read("panoptic.png")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Read_CutAnywhere_IsAProblem()
    {
        byte[] whole = File.ReadAllBytes(Fixtures.Path("labels", "filtered.png"));

        for (int length = 0; length < whole.Length - 12; length++)
            Assert.Throws<SegmentationProblemException>(() => LabelMapPng.Read(whole.AsSpan(0, length), "cut.png"));
    }

    [Fact]
    public void Panoptic_IdsAreRedPlusGreenPlusBlue()
    {
        LabelMap map = PanopticPng.Read(File.ReadAllBytes(Fixtures.Path("labels", "panoptic.png")), "panoptic.png");

        Assert.Equal([0, 70000, 255, 256], map.Labels.ToArray());
        Assert.Equal(map.Labels.ToArray(), PanopticPng.Read(PanopticPng.Write(map), "again").Labels.ToArray());
    }

    private static LabelMap Read(string file) =>
        LabelMapPng.Read(File.ReadAllBytes(Fixtures.Path("labels", file)), file);
}
