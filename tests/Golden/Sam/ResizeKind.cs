using System.Text.RegularExpressions;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;

namespace FrozenSeg.Golden.Sam;

/// <summary>
/// <c>resized_NAME.png</c>: the longest side of NAME.png at 1024; with <c>WxH_crop_yY_xX_S</c> a square of the resized
/// NAME.jpg, which decoders agree about to three levels only.
/// </summary>
internal sealed partial class ResizeKind() : FileKind("sam", "resized_*.png")
{
    private const double JpegLevels = 3;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        PixelImage expected = context.Read(file.Path);
        Match crop = CropName().Match(file.Name);
        PixelImage source = context.Image(crop.Success ? $"{crop.Groups["name"].Value}.jpg" : $"{file.Name["resized_".Length..]}.png");
        ResizeTransform size = ResizeTransform.LongestSide(source.Width, source.Height, 1024);
        PixelImage resized = ImageResizer.Resize(source, size.NewWidth, size.NewHeight, ResampleFilter.Bilinear);
        if (crop.Success)
            resized = resized.Crop(Number("x"), Number("y"), expected.Width, expected.Height);
        yield return crop.Success
            ? Compare.Absolute("pixels", Levels(resized), Levels(expected), JpegLevels)
            : Compare.Equal<byte>("pixels", resized.Pixels, expected.Pixels);

        int Number(string group) => int.Parse(crop.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static float[] Levels(PixelImage image) => [.. image.Pixels.ToArray().Select(level => (float)level)];

    [GeneratedRegex(@"^resized_(?<name>[a-z]+)\d+x\d+_crop_y(?<y>\d+)_x(?<x>\d+)_\d+$")]
    private static partial Regex CropName();
}
