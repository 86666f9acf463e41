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
    internal void Read_KnowsFormatAndSizeWithoutDecoding(string file, ImageFormat format) =>
        Assert.Equal(new ImageHeader(format, 24, 16, ExifOrientation.TopLeft), Header(file));

    [Theory]
    [InlineData("orientation_1.png", ExifOrientation.TopLeft)]
    [InlineData("orientation_2.png", ExifOrientation.TopRight)]
    [InlineData("orientation_5.png", ExifOrientation.LeftTop)]
    [InlineData("orientation_6.png", ExifOrientation.RightTop)]
    [InlineData("orientation_6.jpg", ExifOrientation.RightTop)]
    [InlineData("orientation_3.webp", ExifOrientation.BottomRight)]
    internal void Read_FindsTheOrientationInEveryFormat(string file, ExifOrientation orientation)
    {
        ImageHeader header = Header(file);

        Assert.Equal(orientation, header.Orientation);
        Assert.Equal((24, 16), (header.OrientedWidth, header.OrientedHeight));
    }

    [Theory]
    [InlineData(new byte[0], "the file is empty")]
    [InlineData(new byte[] { (byte)'h', (byte)'i' }, "not a picture of a known format")]
    [InlineData(
        new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0 }, "the picture is damaged or cut short")]
    [InlineData(
        new byte[] { 0xff, 0xd8, 0xff, 0xe0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1 },
        "the picture is damaged or cut short")]
    public void Read_NoPicture_IsNamedWithWhatIsWrong(byte[] bytes, string found)
    {
        var failure = Assert.Throws<SegmentationProblemException>(() => ImageHeader.Read(bytes, "input.png"));

        SegmentationProblem problem = Assert.Single(failure.Problems);
        Assert.Equal(("input.png", ProblemKind.InvalidImage), (problem.Where, problem.Kind));
        Assert.StartsWith(found, problem.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HEIC", "\0\0\0\u0018ftypheic\0\0\0\0mif1heic")]
    [InlineData("HEIC", "\0\0\0\u0018ftypmif1\0\0\0\0mif1heic")]
    [InlineData("AVIF", "\0\0\0\u001cftypavif\0\0\0\0avifmif1")]
    [InlineData("JPEG XL", "\0\0\0\u000cJXL \r\n")]
    [InlineData("PDF", "%PDF-1.7")]
    [InlineData("SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>")]
    public void Read_FormatThatIsNotRead_IsToldByNameWithTheWayOut(string format, string beginning)
    {
        byte[] encoded = System.Text.Encoding.Latin1.GetBytes(beginning);

        SegmentationProblem problem = Assert.Single(
            Assert.Throws<SegmentationProblemException>(() => ImageHeader.Read(encoded, "IMG_0001")).Problems);

        Assert.Equal($"the picture is a {format} file, which is not read", problem.Found);
        Assert.Equal("Save it as a JPEG or PNG", problem.Remedy);
    }

    [Theory]
    [InlineData("rgb.png")]
    [InlineData("rgb.jpg")]
    [InlineData("animated.webp")]
    [InlineData("animated.gif")]
    [InlineData("picture.tif")]
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

    private static ImageHeader Header(string file) =>
        ImageHeader.Read(File.ReadAllBytes(Fixtures.Path("images", file)), file);
}
