using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Imaging;

/// <summary>Files that cameras, editors and strangers write, and that readers have been caught out by.</summary>
public sealed class PictureFaultTests
{
    [SharedTheory]
    [InlineData("exif_after_frame_header.jpg", ExifOrientation.RightTop)]
    [InlineData("exif_orientation_long_be.jpg", ExifOrientation.RightTop)]
    [InlineData("exif_orientation_long_le.jpg", ExifOrientation.RightTop)]
    [InlineData("exif_two_blocks_6_then_1.jpg", ExifOrientation.RightTop)]
    [InlineData("exif_two_blocks_second_without_orientation.jpg", ExifOrientation.RightTop)]
    [InlineData("half_eoi.jpg", ExifOrientation.TopLeft)]
    [InlineData("no_eoi.jpg", ExifOrientation.TopLeft)]
    [InlineData("junk_between_segments.jpg", ExifOrientation.TopLeft)]
    [InlineData("zero_padding_between_segments.jpg", ExifOrientation.TopLeft)]
    internal void Read_OddJpeg_IsReadAndTurned(string file, ExifOrientation orientation)
    {
        byte[] encoded = Load(file);

        Assert.Equal(new ImageHeader(ImageFormat.Jpeg, 96, 64, orientation), ImageHeader.Read(encoded, file));
        PixelImage picture = new ImageReader(ImageLimits.Default).Read(encoded, file);
        Assert.Equal(orientation is ExifOrientation.TopLeft ? (96, 64) : (64, 96), (picture.Width, picture.Height));
    }

    [SharedFact]
    public void Read_SmallestWebP_IsRead()
    {
        PixelImage picture = new ImageReader(ImageLimits.Default)
            .Read(Load("webp_vp8l_28_bytes_64x48.webp"), "small.webp");

        Assert.Equal((64, 48), (picture.Width, picture.Height));
    }

    [SharedFact]
    public void Read_InterlacedPngWithoutItsLastRows_IsRefusedInsteadOfWaitedFor()
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () => new ImageReader(ImageLimits.Default).Read(Load("h-50mp-interlaced-lie.png"), "lie.png"));

        Assert.Contains("rows are missing", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rgb.png")]
    [InlineData("rgb.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("lossy.webp")]
    [InlineData("lossless.webp")]
    [InlineData("animated.webp")]
    [InlineData("animated.gif")]
    [InlineData("picture.bmp")]
    [InlineData("picture.tif")]
    [InlineData("picture.ppm")]
    public void Decode_CutAnywhere_GivesAPictureOrAProblem(string file)
    {
        byte[] whole = File.ReadAllBytes(Fixtures.Path("images", file));

        for (int length = 0; length < whole.Length; length++)
            Attempt(whole.AsSpan(0, length), file);
    }

    [Theory]
    [InlineData("rgb.png")]
    [InlineData("progressive.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("alpha.webp")]
    [InlineData("animated.webp")]
    [InlineData("animated.gif")]
    [InlineData("picture.bmp")]
    [InlineData("picture.tif")]
    [InlineData("picture.tga")]
    public void Decode_AnyByteChanged_GivesAPictureOrAProblem(string file)
    {
        byte[] whole = File.ReadAllBytes(Fixtures.Path("images", file));

        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0xff;
            Attempt(changed, file);
        }
    }

    private static void Attempt(ReadOnlySpan<byte> encoded, string file)
    {
        try
        {
            new ImageReader(new ImageLimits { MaxPixels = 1_000_000 }).Read(encoded, file);
        }
        catch (SegmentationProblemException)
        {
            // The one failure that is allowed.
        }
    }

    private static byte[] Load(string file) => File.ReadAllBytes(SharedFolder.Path("faults", "pictures", file));
}
