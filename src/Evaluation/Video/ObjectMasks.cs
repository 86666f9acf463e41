using System.Runtime.CompilerServices;
using FrozenSeg.Evaluation.Formats.Labels;
using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Evaluation.Video;

/// <summary>The objects of a frame, each as a mask of its own.</summary>
/// <param name="Masks">Object n at position n − 1.</param>
/// <param name="LargestId">The largest id in the frame; void left out of an annotation, where alone it is
/// known.</param>
/// <param name="Void">The pixels of <see cref="VoidId"/>; null when they were not asked for.</param>
internal sealed record ObjectMasks(BitRows[] Masks, int LargestId, BitRows? Void)
{
    /// <summary>DAVIS's label for pixels that belong to nothing known.</summary>
    public const int VoidId = 255;

    /// <summary>Reads an annotated frame.</summary>
    /// <param name="path">PNG of object ids, and void.</param>
    /// <param name="objects">Number of objects to read; others are passed over.</param>
    /// <param name="withVoid">Whether void pixels are asked for.</param>
    public static ObjectMasks ReadTruth(string path, int objects, bool withVoid = false) =>
        Read(path, objects, VoidId, withVoid);

    /// <summary>
    /// Reads a predicted frame. There is no void in it: to the DAVIS tool 255 is the number of an object, one too many.
    /// </summary>
    /// <param name="path">PNG of object ids.</param>
    /// <param name="objects">Number of objects to read; others are passed over.</param>
    public static ObjectMasks ReadPrediction(string path, int objects) =>
        Read(path, objects, voidId: -1, withVoid: false);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ObjectMasks Read(string path, int objects, int voidId, bool withVoid)
    {
        using RentedRaster rented = LabelPictures.Rent(path);
        Raster raster = rented.Raster;
        BitRows[] masks = [.. Enumerable.Range(0, objects).Select(_ => new BitRows(raster.Height, raster.Width))];
        BitRows? none = withVoid ? new BitRows(raster.Height, raster.Width) : null;
        int largest = 0, pixel = RasterRuns.PixelBytes(raster);
        for (int y = 0; y < raster.Height; y++)
        {
            ReadOnlySpan<byte> row = RasterRuns.Row(raster, y);
            for (int x = 0; x < raster.Width;)
            {
                (int id, int end) = RasterRuns.At(row, x, pixel);
                if (id == voidId)
                    none?.Set(y, x, end);
                else
                    largest = Math.Max(largest, id);
                if (id > 0 && id <= objects)
                    masks[id - 1].Set(y, x, end);
                x = end;
            }
        }

        return new ObjectMasks(masks, largest, none);
    }
}
