using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn;

/// <summary>
/// A picture at the size it is worked on. The CRF and the prompted pictures hold many planes of it, so that very large
/// pictures are made smaller, as CaR's own demo does, and masks enlarged again.
/// </summary>
/// <param name="Image">The picture as it is worked on.</param>
/// <param name="Width">Columns of the original.</param>
/// <param name="Height">Rows of the original.</param>
internal sealed record WorkingPicture(PixelImage Image, int Width, int Height)
{
    /// <summary>Whether the picture was made smaller.</summary>
    public bool IsReduced => Image.Width != Width || Image.Height != Height;

    /// <summary>The picture, in proportion, with at most about <paramref name="maxPixels"/> pixels.</summary>
    public static WorkingPicture Of(PixelImage image, int maxPixels)
    {
        double scale = Math.Sqrt(maxPixels / ((double)image.Width * image.Height));
        if (scale >= 1)
            return new WorkingPicture(image, image.Width, image.Height);
        int width = Math.Clamp((int)(image.Width * scale), 1, maxPixels),
            height = Math.Clamp((int)(image.Height * scale), 1, maxPixels);
        return new WorkingPicture(
            ImageResizer.Resize(image, width, height, ResampleFilter.Bicubic), image.Width, image.Height);
    }

    /// <summary>A label map at the size of the original: the nearest label.</summary>
    public LabelMap Enlarge(LabelMap labels) => IsReduced
        ? new LabelMap(Height, Width, Nearest<int>(labels.Labels))
        : labels;

    /// <summary>A mask at the size of the original: the nearest pixel.</summary>
    public BinaryMask Enlarge(BinaryMask mask) => IsReduced
        ? new BinaryMask(Height, Width, Nearest<byte>(mask.Pixels))
        : mask;

    private T[] Nearest<T>(ReadOnlySpan<T> source)
    {
        var target = new T[Height * Width];
        for (int y = 0; y < Height; y++)
        {
            ReadOnlySpan<T> row = source.Slice(
                (int)(((2L * y) + 1) * Image.Height / (2L * Height)) * Image.Width, Image.Width);
            for (int x = 0; x < Width; x++)
                target[(y * Width) + x] = row[(int)(((2L * x) + 1) * Image.Width / (2L * Width))];
        }

        return target;
    }
}
