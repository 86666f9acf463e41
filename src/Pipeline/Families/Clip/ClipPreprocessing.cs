using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Clip;

/// <summary>CLIP's preprocessing, bit for bit: bicubic on 8-bit pixels as Pillow does it, then normalisation.</summary>
internal static class ClipPreprocessing
{
    /// <summary>
    /// What CLIP sees of a picture (car.md 7): the shorter side becomes <paramref name="side"/>, the square in the
    /// middle is taken. The ends of a long picture are not seen.
    /// </summary>
    public static PixelImage CentreSquare(PixelImage image, int side)
    {
        int shorter = Math.Min(image.Width, image.Height);
        int width = (int)((long)side * image.Width / shorter), height = (int)((long)side * image.Height / shorter);
        return ImageResizer.ResizeWindow(
            image, width, height, ResampleFilter.Bicubic, Offset(width, side), Offset(height, side), side, side);
    }

    /// <summary>The picture stretched to whole patches (car.md 4.1): each side rounded up.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="patchSize">Side of a patch.</param>
    /// <param name="rows">Patches along the height.</param>
    /// <param name="columns">Patches along the width.</param>
    public static PixelImage Stretch(PixelImage image, int patchSize, int rows, int columns) =>
        ImageResizer.Resize(image, columns * patchSize, rows * patchSize, ResampleFilter.Bicubic);

    /// <summary>Normalises pictures of one size into <c>[N, 3, H, W]</c>; the caller disposes it.</summary>
    public static TensorBuffer<float> Normalise(IReadOnlyList<PixelImage> images, ClipVisionConfiguration configuration)
    {
        var tensor = new TensorBuffer<float>(images.Count, PixelImage.Channels, images[0].Height, images[0].Width);
        for (int i = 0; i < images.Count; i++)
            PixelNormaliser.WriteUnit(images[i], configuration.Mean, configuration.Deviation, tensor.View[i].Span);
        return tensor;
    }

    // Python rounds halves to even.
    private static int Offset(int size, int side) => (int)Math.Round((size - side) / 2.0, MidpointRounding.ToEven);
}
