using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Imaging;

public sealed class ImageCodecTests
{
    // Four quadrants: red, green, blue, yellow.
    private static readonly Rgb[] Quadrants = [new(220, 40, 30), new(40, 180, 60), new(30, 60, 200), new(240, 220, 80)];

    [Fact]
    public void Decode_LosslessFormats_GivesThePixelsThatWereStored()
    {
        foreach (string file in new[] { "rgb.png", "rgb16.png", "palette.png", "lossless.webp", "animated.webp" })
            AssertQuadrants(Decode(file), 0, file);
    }

    [Fact]
    public void Decode_LossyFormats_ComesClose()
    {
        foreach (string file in new[] { "rgb.jpg", "progressive.jpg", "lossy.webp" })
            AssertQuadrants(Decode(file), 12, file);
    }

    [Fact]
    public void Decode_Cmyk_KeepsTheColours()
    {
        // How inks look is a matter of profiles; which channel leads is not.
        PixelImage image = Decode("cmyk.jpg");

        Rgb red = At(image, 4, 4), green = At(image, 18, 4), blue = At(image, 4, 12), yellow = At(image, 18, 12);
        Assert.True(red.Red > red.Green + 20 && red.Red > red.Blue + 20, $"{red}");
        Assert.True(green.Green > green.Red + 20 && green.Green > green.Blue + 20, $"{green}");
        Assert.True(blue.Blue > blue.Red + 20 && blue.Blue > blue.Green + 20, $"{blue}");
        Assert.True(yellow.Red > 150 && yellow.Green > 150 && yellow.Blue < 150, $"{yellow}");
    }

    [Fact]
    public void Decode_Grey_HasThreeEqualChannels()
    {
        foreach (string file in new[] { "grey.png", "grey16.png", "grey.jpg", "bilevel.png", "grey_alpha.png" })
        {
            foreach (Rgb pixel in Pixels(Decode(file)))
                Assert.True(pixel.Red == pixel.Green && pixel.Green == pixel.Blue, $"{file}: {pixel}");
        }
    }

    [Fact]
    public void Decode_Alpha_IsLaidOverWhite()
    {
        foreach (string file in new[] { "alpha.png", "alpha.webp" })
        {
            PixelImage image = Decode(file);

            Assert.Equal(Rgb.White, At(image, 2, 2));
            AssertNear(new Rgb(237, 147, 142), At(image, 8, 2), 2, file);
            AssertNear(Quadrants[1], At(image, 18, 2), 0, file);
        }
    }

    [Fact]
    public void EncodePng_AndDecode_IsTheSamePicture()
    {
        PixelImage image = Decode("rgb.png");

        PixelImage again = ImageCodec.Decode(ImageCodec.EncodePng(image), "again");

        Assert.Equal(image.Pixels.ToArray(), again.Pixels.ToArray());
    }

    [Fact]
    public void Decode_FileCutShort_IsAProblemThatNamesIt()
    {
        foreach (string file in new[] { "rgb.png", "rgb.jpg", "progressive.jpg", "lossless.webp" })
        {
            byte[] whole = File.ReadAllBytes(Fixtures.Path("images", file));

            var failure = Assert.Throws<SegmentationProblemException>(
                () => ImageCodec.Decode(whole.AsSpan(0, whole.Length * 3 / 4), file));

            Assert.Equal(file, Assert.Single(failure.Problems).Where);
        }
    }

    [Theory]
    [InlineData("picture.bmp", ImageFormat.Bmp)]
    [InlineData("animated.gif", ImageFormat.Gif)]
    [InlineData("picture.tif", ImageFormat.Tiff)]
    [InlineData("picture.ppm", ImageFormat.Pbm)]
    [InlineData("picture.tga", ImageFormat.Tga)]
    internal void Decode_OlderFormats_GivesThePixelsThatWereStored(string file, ImageFormat format)
    {
        byte[] encoded = File.ReadAllBytes(Fixtures.Path("images", file));

        Assert.Equal(new ImageHeader(format, 24, 16, ExifOrientation.TopLeft), ImageHeader.Read(encoded, file));
        AssertQuadrants(ImageCodec.Decode(encoded, file), 0, file);
    }

    // 24×6, white but for eight columns on the left and one pixel; black is zero.
    [Theory]
    [InlineData("group 4",
        "SUkqABIAAAAzBf5Dj48AEAEACQAAAQMAAQAAABgAAAABAQMAAQAAAAYAAAACAQMAAQAAAAEAAAADAQMAAQAAAAQAAA"
            + "AGAQMAAQAAAAEAAAARAQQAAQAAAAgAAAAWAQMAAQAAAAYAAAAXAQQAAQAAAAkAAAAcAQMAAQAAAAEAAAAAAAAA")]
    [InlineData("group 3",
        "SUkqAB4AAAAAGYLgAzBcAGYLgAzDjwAMwXABmC4ACQAAAQMAAQAAABgAAAABAQMAAQAAAAYAAAACAQMAAQAAAAEAAA"
            + "ADAQMAAQAAAAMAAAAGAQMAAQAAAAEAAAARAQQAAQAAAAgAAAAWAQMAAQAAAAYAAAAXAQQAAQAAABUAAAAcAQMAAQAA"
            + "AAEAAAAAAAAA")]
    [InlineData("run lengths",
        "SUkqABYAAACYLpgumC6YceCYLpguAAkAAAEDAAEAAAAYAAAAAQEDAAEAAAAGAAAAAgEDAAEAAAABAAAAAwEDAAEAAA"
            + "ACAAAABgEDAAEAAAABAAAAEQEEAAEAAAAIAAAAFgEDAAEAAAAGAAAAFwEEAAEAAAANAAAAHAEDAAEAAAABAAAAAAAA"
            + "AA==")]
    [InlineData("none, and no bits for each sample",
        "SUkqAAgAAAAIAAABBAABAAAAGAAAAAEBBAABAAAABgAAAAMBAwABAAAAAQAAAAYBAwABAAAAAQAAABEBBAABAAAAbg"
            + "AAABYBBAABAAAABgAAABcBBAABAAAAEgAAABwBAwABAAAAAQAAAAAAAAAA//8A//8A//8A//cA//8A//8=")]
    public void Decode_TiffOfBlackAndWhite_IsNoNegative(string compression, string base64)
    {
        byte[] encoded = Convert.FromBase64String(base64);

        Assert.Equal(
            new ImageHeader(ImageFormat.Tiff, 24, 6, ExifOrientation.TopLeft), ImageHeader.Read(encoded, compression));
        PixelImage picture = ImageCodec.Decode(encoded, compression);
        Assert.Equal([0, 255, 0], [picture.Row(5)[0], picture.Row(0)[8 * 3], picture.Row(3)[20 * 3]]);

        encoded[PhotometricValue(encoded)] = 0;
        PixelImage negative = ImageCodec.Decode(encoded, compression);
        Assert.Equal([255, 0, 255], [negative.Row(5)[0], negative.Row(0)[8 * 3], negative.Row(3)[20 * 3]]);
    }

    // Little-endian entries: tag 262, of type 3, one value.
    private static int PhotometricValue(ReadOnlySpan<byte> tiff) =>
        tiff.IndexOf((ReadOnlySpan<byte>)[6, 1, 3, 0, 1, 0, 0, 0]) + 8;

    [Fact]
    public void Decode_AnimationWhoseFirstFrameIsSmaller_IsWhiteAroundIt()
    {
        PixelImage image = Decode("animated_offset.webp");

        Assert.Equal((32, 20), (image.Width, image.Height));
        Assert.Equal((Rgb.White, Quadrants[0]), (At(image, 3, 2), At(image, 4, 2)));
        Assert.Equal((Quadrants[3], Rgb.White), (At(image, 27, 17), At(image, 28, 17)));
    }

    [SharedFact]
    public void Decode_Jpeg_IsWithinThreeLevelsOfLibjpeg()
    {
        PixelImage jpeg = ImageCodec.Decode(
            File.ReadAllBytes(SharedFolder.Path("images", "groceries.jpg")), "groceries.jpg");
        PixelImage png = ImageCodec.Decode(
            File.ReadAllBytes(SharedFolder.Path("images", "groceries_800x534.png")), "groceries_800x534.png");

        int[] differences = [.. jpeg.Pixels.ToArray().Zip(png.Pixels.ToArray(), (one, other) => Math.Abs(one - other))];
        Assert.InRange(differences.Max(), 0, 3);
        Assert.InRange(differences.Average(), 0, 0.1);
    }

    private static void AssertQuadrants(PixelImage image, int tolerance, string file)
    {
        Assert.Equal((24, 16), (image.Width, image.Height));
        for (int quadrant = 0; quadrant < 4; quadrant++)
            AssertNear(
                Quadrants[quadrant], At(image, quadrant % 2 == 0 ? 5 : 18, quadrant < 2 ? 3 : 12), tolerance, file);
    }

    private static void AssertNear(Rgb expected, Rgb actual, int tolerance, string file)
    {
        int difference = Math.Max(
            Math.Abs(expected.Red - actual.Red),
            Math.Max(Math.Abs(expected.Green - actual.Green), Math.Abs(expected.Blue - actual.Blue)));
        Assert.True(difference <= tolerance, $"{file}: {actual} instead of {expected}");
    }

    private static IEnumerable<Rgb> Pixels(PixelImage image) =>
        Enumerable.Range(0, image.Width * image.Height).Select(i => At(image, i % image.Width, i / image.Width));

    private static Rgb At(PixelImage image, int x, int y) =>
        image.Pixel(x, y) is [var red, var green, var blue] ? new Rgb(red, green, blue) : default;

    private static PixelImage Decode(string file) =>
        ImageCodec.Decode(File.ReadAllBytes(Fixtures.Path("images", file)), file);
}
