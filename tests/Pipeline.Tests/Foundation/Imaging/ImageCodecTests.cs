using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Imaging;

/// <summary>One suite for every codec that this build and machine have.</summary>
public sealed class ImageCodecTests
{
    // Four quadrants: red, green, blue, yellow.
    private static readonly Rgb[] Quadrants = [new(220, 40, 30), new(40, 180, 60), new(30, 60, 200), new(240, 220, 80)];

    public static TheoryData<string> Codecs => [.. ImageCodecs.Available.Select(codec => codec.Name)];

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Decode_LosslessFormats_GivesThePixelsThatWereStored(string codec)
    {
        foreach (string file in new[] { "rgb.png", "rgb16.png", "palette.png", "lossless.webp", "animated.webp" })
            AssertQuadrants(Decode(codec, file), 0, file);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Decode_LossyFormats_ComesClose(string codec)
    {
        foreach (string file in new[] { "rgb.jpg", "progressive.jpg", "lossy.webp" })
            AssertQuadrants(Decode(codec, file), 12, file);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Decode_Cmyk_KeepsTheColours(string codec)
    {
        // How inks look is a matter of profiles; which channel leads is not.
        PixelImage image = Decode(codec, "cmyk.jpg");

        Rgb red = At(image, 4, 4), green = At(image, 18, 4), blue = At(image, 4, 12), yellow = At(image, 18, 12);
        Assert.True(red.Red > red.Green + 20 && red.Red > red.Blue + 20, $"{red}");
        Assert.True(green.Green > green.Red + 20 && green.Green > green.Blue + 20, $"{green}");
        Assert.True(blue.Blue > blue.Red + 20 && blue.Blue > blue.Green + 20, $"{blue}");
        Assert.True(yellow.Red > 150 && yellow.Green > 150 && yellow.Blue < 150, $"{yellow}");
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Decode_Grey_HasThreeEqualChannels(string codec)
    {
        foreach (string file in new[] { "grey.png", "grey16.png", "grey.jpg", "bilevel.png", "grey_alpha.png" })
        {
            foreach (Rgb pixel in Pixels(Decode(codec, file)))
                Assert.True(pixel.Red == pixel.Green && pixel.Green == pixel.Blue, $"{file}: {pixel}");
        }
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Decode_Alpha_IsLaidOverWhite(string codec)
    {
        foreach (string file in new[] { "alpha.png", "alpha.webp" })
        {
            PixelImage image = Decode(codec, file);

            Assert.Equal(Rgb.White, At(image, 2, 2));
            AssertNear(new Rgb(237, 147, 142), At(image, 8, 2), 2, file);
            AssertNear(Quadrants[1], At(image, 18, 2), 0, file);
        }
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void EncodePng_AndDecode_IsTheSamePicture(string codec)
    {
        PixelImage image = Decode(codec, "rgb.png");

        PixelImage again = Codec(codec).Decode(Codec(codec).EncodePng(image), "again");

        Assert.Equal(image.Pixels.ToArray(), again.Pixels.ToArray());
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Decode_FileCutShort_IsAProblemThatNamesIt(string codec)
    {
        foreach (string file in new[] { "rgb.png", "lossless.webp" })
        {
            byte[] whole = File.ReadAllBytes(Fixtures.Path("images", file));

            var failure = Assert.Throws<SegmentationProblemException>(() => Codec(codec).Decode(whole.AsSpan(0, whole.Length * 3 / 4), file));

            Assert.Equal(file, Assert.Single(failure.Problems).Where);
        }
    }

    [SharedFact]
    public void Decode_Jpeg_EqualsPillowWhereTheCodecIsNative()
    {
        IImageCodec? native = ImageCodecs.Available.FirstOrDefault(codec => codec.Name.StartsWith("libvips", StringComparison.Ordinal));
        if (native is null)
            return;
        PixelImage jpeg = native.Decode(File.ReadAllBytes(SharedFolder.Path("images", "groceries.jpg")), "groceries.jpg");
        PixelImage png = native.Decode(File.ReadAllBytes(SharedFolder.Path("images", "groceries_800x534.png")), "groceries_800x534.png");

        Assert.Equal(png.Pixels.ToArray(), jpeg.Pixels.ToArray());
    }

    private static void AssertQuadrants(PixelImage image, int tolerance, string file)
    {
        Assert.Equal((24, 16), (image.Width, image.Height));
        for (int quadrant = 0; quadrant < 4; quadrant++)
            AssertNear(Quadrants[quadrant], At(image, quadrant % 2 == 0 ? 5 : 18, quadrant < 2 ? 3 : 12), tolerance, file);
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

    private static Rgb At(PixelImage image, int x, int y) => image.Pixel(x, y) is [var red, var green, var blue] ? new Rgb(red, green, blue) : default;

    private static PixelImage Decode(string codec, string file) => Codec(codec).Decode(File.ReadAllBytes(Fixtures.Path("images", file)), file);

    private static IImageCodec Codec(string name) => ImageCodecs.Available.Single(codec => codec.Name == name);
}
