using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Formats.Labels;

/// <summary>
/// Walks the rows of a label picture run by run: the length of a run of equal pixels is the length of the row's common
/// prefix with itself one pixel on, which the framework finds with vector instructions.
/// </summary>
internal static class RasterRuns
{
    private const int Byte = 8;

    /// <summary>Bytes of a pixel in a row of <see cref="Row"/>.</summary>
    public static int PixelBytes(Raster raster) => raster.Channels * Math.Max(Byte, raster.BitDepth) / Byte;

    /// <summary>A row with whole bytes for each sample.</summary>
    public static ReadOnlySpan<byte> Row(Raster raster, int y)
    {
        ReadOnlySpan<byte> row = raster.Row(y);
        if (raster.BitDepth >= Byte)
            return row;
        int depth = raster.BitDepth;
        var unpacked = new byte[raster.Width];
        for (int x = 0; x < unpacked.Length; x++)
            unpacked[x] = (byte)((row[x * depth / Byte] >> (Byte - depth - (x * depth % Byte))) & ((1 << depth) - 1));
        return unpacked;
    }

    /// <summary>The run that begins at a column.</summary>
    /// <param name="row">A row of <see cref="Row"/>.</param>
    /// <param name="x">The column.</param>
    /// <param name="pixel">Bytes of a pixel.</param>
    /// <returns>Its label (of an RGB pixel R + 256 G + 256² B) and the column behind it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Label, int End) At(ReadOnlySpan<byte> row, int x, int pixel)
    {
        ReadOnlySpan<byte> rest = row[(x * pixel)..];
        int same = rest[pixel..].CommonPrefixLength(rest);
        int label = pixel switch
        {
            1 => rest[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(rest),
            _ => PanopticId.FromRgb(rest[0], rest[1], rest[2]),
        };
        return (label, x + 1 + (same / pixel));
    }
}
