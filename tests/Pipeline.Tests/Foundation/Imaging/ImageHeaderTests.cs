using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Imaging;

public sealed class ImageHeaderTests
{
    [Theory]
    [InlineData("rgb.png", ImageFormat.Png)]
    [InlineData("grey16.png", ImageFormat.Png)]
    [InlineData("rgb.jpg", ImageFormat.Jpeg)]
    [InlineData("progressive.jpg", ImageFormat.Jpeg)]
    [InlineData("cmyk.jpg", ImageFormat.Jpeg)]
    [InlineData("lossy.webp", ImageFormat.WebP)]
    [InlineData("lossless.webp", ImageFormat.WebP)]
    [InlineData("animated.webp", ImageFormat.WebP)]
    public void Read_KnowsFormatAndSizeWithoutDecoding(string file, ImageFormat format) =>
        Assert.Equal(new ImageHeader(format, 24, 16, ExifOrientation.TopLeft), Header(file));

    [Theory]
    [InlineData("orientation_1.png", ExifOrientation.TopLeft)]
    [InlineData("orientation_2.png", ExifOrientation.TopRight)]
    [InlineData("orientation_5.png", ExifOrientation.LeftTop)]
    [InlineData("orientation_6.png", ExifOrientation.RightTop)]
    [InlineData("orientation_6.jpg", ExifOrientation.RightTop)]
    [InlineData("orientation_3.webp", ExifOrientation.BottomRight)]
    public void Read_FindsTheOrientationInEveryFormat(string file, ExifOrientation orientation)
    {
        ImageHeader header = Header(file);

        Assert.Equal(orientation, header.Orientation);
        Assert.Equal((24, 16), (header.OrientedWidth, header.OrientedHeight));
    }

    [Theory]
    [InlineData(new byte[0], "the file is empty")]
    [InlineData(new byte[] { (byte)'h', (byte)'i' }, "neither a PNG nor a JPEG nor a WebP")]
    [InlineData(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0 }, "the Png header is damaged")]
    [InlineData(new byte[] { 0xff, 0xd8, 0xff, 0xe0, 0, 200 }, "the Jpeg header is damaged")]
    public void Read_NoPicture_IsNamedWithWhatIsWrong(byte[] bytes, string found)
    {
        var failure = Assert.Throws<SegmentationProblemException>(() => ImageHeader.Read(bytes, "input.png"));

        SegmentationProblem problem = Assert.Single(failure.Problems);
        Assert.Equal(("input.png", ProblemKind.InvalidImage), (problem.Where, problem.Kind));
        Assert.StartsWith(found, problem.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rgb.png")]
    [InlineData("rgb.jpg")]
    [InlineData("lossy.webp")]
    [InlineData("orientation_6.jpg")]
    [InlineData("orientation_3.webp")]
    public void Read_CutAnywhere_NeverFailsOtherwise(string file)
    {
        byte[] whole = File.ReadAllBytes(Fixtures.Path("images", file));

        for (int length = 0; length < whole.Length; length++)
        {
            try
            {
                ImageHeader.Read(whole.AsSpan(0, length), file);
            }
            catch (SegmentationProblemException)
            {
                // The one failure that is allowed.
            }
        }
    }

    private static ImageHeader Header(string file) => ImageHeader.Read(File.ReadAllBytes(Fixtures.Path("images", file)), file);
}
