using System.Buffers.Binary;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Png;

/// <summary>
/// Label maps as PNGs: one number a pixel, grey or palette of 1 to 16 bits, read raw; whatever colours a palette shows,
/// the indices count.
/// </summary>
internal static class LabelMapPng
{
    /// <summary>Largest label of a map that is written with 8 bits.</summary>
    public const int MaxByte = 255;

    /// <summary>Largest label that can be written at all.</summary>
    public const int Max = 65535;

    /// <summary>Reads a label map.</summary>
    /// <exception cref="SegmentationProblemException">The file is not a valid PNG of one channel, is damaged or over a
    /// limit.</exception>
    public static LabelMap Read(ReadOnlySpan<byte> encoded, string name)
    {
        Raster raster = PngRasterReader.Read(encoded, name, ImageLimits.Default);
        if (raster.Channels != 1)
        {
            throw SegmentationProblem.InvalidImage(
                name,
                $"a label map has one channel, and this picture has {raster.Channels}",
                "Save it as grey or with a palette");
        }

        var map = new LabelMap(raster.Height, raster.Width);
        for (int y = 0; y < raster.Height; y++)
            ReadRow(raster.Row(y), raster.BitDepth, map.Labels.Slice(y * raster.Width, raster.Width));
        return map;
    }

    /// <summary>
    /// Writes a label map: 8 bits with a palette for people to look at, 16 bits grey for labels above 255.
    /// </summary>
    /// <param name="map">Labels in 0..65535.</param>
    /// <param name="palette">Colour of each label, at most 256; null takes <see cref="Palette"/>'s, label 0
    /// black.</param>
    /// <param name="largest">The largest label the map might hold: pictures of one vocabulary then have one
    /// depth.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is negative or above 65535.</exception>
    public static byte[] Write(LabelMap map, IReadOnlyList<Rgb>? palette = null, int largest = 0)
    {
        foreach (int label in map.Labels)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(label, nameof(map));
            largest = Math.Max(largest, label);
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(largest, Max, nameof(map));
        return largest <= MaxByte ? WriteBytes(map, palette ?? DefaultPalette) : WriteShorts(map);
    }

    private static IReadOnlyList<Rgb> DefaultPalette { get; } =
        [Rgb.Black, .. Enumerable.Range(0, MaxByte).Select(Palette.Colour)];

    private static byte[] WriteBytes(LabelMap map, IReadOnlyList<Rgb> palette)
    {
        var rows = new byte[map.Labels.Length];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = (byte)map.Labels[i];
        return PngRasterWriter.Write(new Raster(map.Width, map.Height, 8, 1, rows, palette));
    }

    private static byte[] WriteShorts(LabelMap map)
    {
        var rows = new byte[2 * map.Labels.Length];
        for (int i = 0; i < map.Labels.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(rows.AsSpan(2 * i), (ushort)map.Labels[i]);
        return PngRasterWriter.Write(new Raster(map.Width, map.Height, 16, 1, rows, []));
    }

    private static void ReadRow(ReadOnlySpan<byte> row, int bitDepth, Span<int> labels)
    {
        for (int x = 0; x < labels.Length; x++)
        {
            labels[x] = bitDepth switch
            {
                16 => BinaryPrimitives.ReadUInt16BigEndian(row[(2 * x)..]),
                8 => row[x],
                _ => (row[x * bitDepth / 8] >> (8 - bitDepth - (x * bitDepth % 8))) & ((1 << bitDepth) - 1),
            };
        }
    }
}
