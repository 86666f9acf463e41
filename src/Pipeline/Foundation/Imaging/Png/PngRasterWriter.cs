using System.Buffers.Binary;
using System.IO.Compression;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Png;

/// <summary>Writes rasters as PNGs, unfiltered: label maps are flat, and flat rows pack best as they are.</summary>
internal static class PngRasterWriter
{
    private const byte GreyType = 0, RgbType = 2, PaletteType = 3;

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(value => Crc((uint)value))];

    /// <summary>The raster as a file; of one or three channels, 8 or 16 bits.</summary>
    public static byte[] Write(Raster raster)
    {
        using var file = new MemoryStream();
        file.Write(PngHeader.Signature);
        WriteChunk(file, "IHDR"u8, Header(raster));
        if (raster.Palette.Count > 0)
            WriteChunk(
                file,
                "PLTE"u8,
                [.. raster.Palette.SelectMany(colour => new[] { colour.Red, colour.Green, colour.Blue })]);
        WriteChunk(file, "IDAT"u8, Deflate(raster));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Header(Raster raster)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, raster.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), raster.Height);
        header[8] = (byte)raster.BitDepth;
        header[9] = raster.Palette.Count > 0 ? PaletteType : raster.Channels == 3 ? RgbType : GreyType;
        return header;
    }

    private static byte[] Deflate(Raster raster)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            for (int y = 0; y < raster.Height; y++)
            {
                stream.WriteByte(0);
                stream.Write(raster.Row(y));
            }
        }

        return packed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        file.Write(number);
        file.Write(type);
        file.Write(body);
        uint crc = ~Checksum(Checksum(uint.MaxValue, type), body);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc);
        file.Write(number);
    }

    private static uint Checksum(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return crc;
    }

    private static uint Crc(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? 0xedb8_8320 ^ (value >> 1) : value >> 1;
        return value;
    }
}
