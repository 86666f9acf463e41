using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Png;

/// <summary>
/// Writes PNGs. Label maps are flat, and flat rows pack best as they are; pictures are packed as what each row differs
/// by from the one above.
/// </summary>
internal static class PngRasterWriter
{
    // Of a photograph of 20 million pixels the next level takes a third longer and saves a tenth.
    private const int PictureLevel = 2;
    private const byte NoFilter = 0, UpFilter = 2;

    private const byte GreyType = 0, RgbType = 2, PaletteType = 3;

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(value => Crc((uint)value))];

    /// <summary>The raster as a file; of one or three channels, 8 or 16 bits.</summary>
    public static byte[] Write(Raster raster)
    {
        byte kind = raster.Palette.Count > 0 ? PaletteType : raster.Channels == 3 ? RgbType : GreyType;
        byte[] palette = [.. raster.Palette.SelectMany(colour => new[] { colour.Red, colour.Green, colour.Blue })];
        return Write(Header(raster.Width, raster.Height, raster.BitDepth, kind), palette, Deflate(raster));
    }

    /// <summary>The picture as a file.</summary>
    public static byte[] Write(PixelImage image) =>
        Write(Header(image.Width, image.Height, bitDepth: 8, RgbType), palette: [], Deflate(image));

    private static byte[] Write(byte[] header, byte[] palette, MemoryStream packed)
    {
        ReadOnlySpan<byte> data = packed.GetBuffer().AsSpan(0, (int)packed.Length);
        using var file = new MemoryStream(data.Length + palette.Length + 128);
        file.Write(PngHeader.Signature);
        WriteChunk(file, "IHDR"u8, header);
        if (palette.Length > 0)
            WriteChunk(file, "PLTE"u8, palette);
        WriteChunk(file, "IDAT"u8, data);
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Header(int width, int height, int bitDepth, byte kind)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)bitDepth;
        header[9] = kind;
        return header;
    }

    private static MemoryStream Deflate(Raster raster)
    {
        var packed = new MemoryStream();
        using var stream = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true);
        for (int y = 0; y < raster.Height; y++)
        {
            stream.WriteByte(NoFilter);
            stream.Write(raster.Row(y));
        }

        return packed;
    }

    private static MemoryStream Deflate(PixelImage image)
    {
        var packed = new MemoryStream();
        var level = new ZLibCompressionOptions { CompressionLevel = PictureLevel };
        using var stream = new ZLibStream(packed, level, leaveOpen: true);
        var filtered = new byte[1 + (image.Width * PixelImage.Channels)];
        filtered[0] = UpFilter;
        image.Row(0).CopyTo(filtered.AsSpan(1));
        stream.Write(filtered);
        for (int y = 1; y < image.Height; y++)
        {
            TensorPrimitives.Subtract<byte>(image.Row(y), image.Row(y - 1), filtered.AsSpan(1));
            stream.Write(filtered);
        }

        return packed;
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
