using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Png;

/// <summary>COCO panoptic maps as PNGs: the segment's id in red, green and blue (<see cref="PanopticId"/>).</summary>
internal static class PanopticPng
{
    /// <summary>Reads segment ids.</summary>
    /// <exception cref="SegmentationProblemException">The file is not an 8-bit RGB PNG, is damaged or over a
    /// limit.</exception>
    public static LabelMap Read(ReadOnlySpan<byte> encoded, string name)
    {
        Raster raster = PngRasterReader.Read(encoded, name, ImageLimits.Default);
        if (raster.BitDepth != 8 || raster.Channels < 3)
        {
            throw SegmentationProblem.InvalidImage(
                name,
                $"a panoptic map has three channels of 8 bits, and this picture has {raster.Channels} of "
                    + $"{raster.BitDepth}",
                "Save it as an RGB PNG");
        }

        var map = new LabelMap(raster.Height, raster.Width);
        for (int y = 0, at = 0; y < raster.Height; y++)
        {
            ReadOnlySpan<byte> row = raster.Row(y);
            for (int x = 0, i = 0; x < raster.Width; x++, at++, i += raster.Channels)
                map.Labels[at] = PanopticId.FromRgb(row[i], row[i + 1], row[i + 2]);
        }

        return map;
    }

    /// <summary>Writes segment ids.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id does not fit into three bytes.</exception>
    public static byte[] Write(LabelMap map)
    {
        var rows = new byte[PixelImage.Channels * map.Labels.Length];
        for (int i = 0; i < map.Labels.Length; i++)
            (rows[3 * i], rows[(3 * i) + 1], rows[(3 * i) + 2]) = PanopticId.ToRgb(map.Labels[i]);
        return PngRasterWriter.Write(new Raster(map.Width, map.Height, 8, PixelImage.Channels, rows, []));
    }
}
