using System.Text.RegularExpressions;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;

namespace FrozenSeg.Golden.Sam;

/// <summary>
/// <c>resized_NAME.png</c>: the longest side of NAME.png at 1024; with <c>WxH_crop_yY_xX_S</c> a square of the resized
/// NAME.jpg. That file halves its colours both ways (4:2:0), which ImageSharp repeats where libjpeg-turbo interpolates:
/// up to 26 levels at an edge of colours, 0.14 on average, so brightness is compared level by level and colour on
/// average.
/// </summary>
internal sealed partial class ResizeKind() : FileKind("sam", "resized_*.png")
{
    private const double BrightnessLevels = 2, MeanLevels = 0.25;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        PixelImage expected = context.Read(file.Path);
        Match crop = CropName().Match(file.Name);
        PixelImage source = context.Image(
            crop.Success ? $"{crop.Groups["name"].Value}.jpg" : $"{file.Name["resized_".Length..]}.png");
        ResizeTransform size = ResizeTransform.LongestSide(source.Width, source.Height, 1024);
        PixelImage resized = ImageResizer.Resize(source, size.NewWidth, size.NewHeight, ResampleFilter.Bilinear);
        if (crop.Success)
            resized = resized.Crop(Number("x"), Number("y"), expected.Width, expected.Height);
        if (!crop.Success)
        {
            yield return Compare.Equal<byte>("pixels", resized.Pixels, expected.Pixels);
            yield break;
        }

        yield return Compare.Absolute("brightness", Brightness(resized), Brightness(expected), BrightnessLevels);
        yield return new GoldenCheck(
            "mean difference of pixels", MeanDifference(resized.Pixels, expected.Pixels), MeanLevels);

        int Number(string group) =>
            int.Parse(crop.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    // Y of ITU-R BT.601, JPEG's own.
    private static float[] Brightness(PixelImage image) =>
        [.. image.Pixels.ToArray().Chunk(3).Select(rgb => (0.299f * rgb[0]) + (0.587f * rgb[1]) + (0.114f * rgb[2]))];

    private static double MeanDifference(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected) =>
        actual.ToArray().Zip(expected.ToArray(), (a, b) => (double)Math.Abs(a - b)).Average();

    [GeneratedRegex(@"^resized_(?<name>[a-z]+)\d+x\d+_crop_y(?<y>\d+)_x(?<x>\d+)_\d+$")]
    private static partial Regex CropName();
}
