using System.Buffers.Binary;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs;

/// <summary>
/// The first frame of an animated WebP, which the library does not read: its chunks make a file of their own.
/// </summary>
/// <param name="Width">Columns of the canvas.</param>
/// <param name="Height">Rows of the canvas.</param>
/// <param name="Left">Where the frame lies on the canvas.</param>
/// <param name="Top">Where the frame lies on the canvas.</param>
/// <param name="Frame">The frame as a still WebP.</param>
internal sealed record AnimatedWebP(int Width, int Height, int Left, int Top, byte[] Frame)
{
    private const int ContainerHeader = 12, ChunkHeader = 8, ExtendedBody = 10, FrameHeader = 16;
    private const byte AnimationFlag = 0x02, AlphaFlag = 0x10;

    /// <summary>Whether the file says that it is an animation.</summary>
    public static bool IsAnimated(ReadOnlySpan<byte> encoded) =>
        encoded.Length >= ContainerHeader + ChunkHeader + ExtendedBody
        && encoded.StartsWith("RIFF"u8) && encoded[8..].StartsWith("WEBPVP8X"u8)
        && (encoded[ContainerHeader + ChunkHeader] & AnimationFlag) != 0;

    /// <summary>Finds the first frame.</summary>
    /// <exception cref="Shared.Problems.SegmentationProblemException">There is none, or it is cut short or outside the
    /// canvas.</exception>
    public static AnimatedWebP Read(ReadOnlySpan<byte> encoded, string name)
    {
        ReadOnlySpan<byte> extended = encoded[(ContainerHeader + ChunkHeader)..];
        int width = 1 + UInt24(extended[4..]), height = 1 + UInt24(extended[7..]);
        ReadOnlySpan<byte> chunks = encoded[ContainerHeader..];
        while (chunks.Length >= ChunkHeader)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(chunks[4..]);
            if (length > chunks.Length - ChunkHeader)
                break;
            ReadOnlySpan<byte> body = chunks.Slice(ChunkHeader, (int)length);
            if (chunks.StartsWith("ANMF"u8) && body.Length > FrameHeader)
            {
                int left = 2 * UInt24(body), top = 2 * UInt24(body[3..]), frameWidth = 1 + UInt24(body[6..]),
                    frameHeight = 1 + UInt24(body[9..]);
                if (left + frameWidth > width || top + frameHeight > height)
                    throw DecodingProblems.Damaged(name, "the first frame is not inside the canvas");
                return new AnimatedWebP(width, height, left, top, Still(body[FrameHeader..], frameWidth, frameHeight));
            }

            chunks = chunks[Math.Min(chunks.Length, ChunkHeader + (int)length + (int)(length & 1))..];
        }

        throw DecodingProblems.Damaged(name, "the animation has no first frame");
    }

    /// <summary>The canvas with the frame on it, white where it does not reach.</summary>
    /// <exception cref="Shared.Problems.SegmentationProblemException">The frame is larger than it says.</exception>
    public PixelImage Compose(string name, Decoder decode)
    {
        PixelImage frame = decode(Frame);
        if ((frame.Width, frame.Height) == (Width, Height))
            return frame;
        if (Left + frame.Width > Width || Top + frame.Height > Height)
            throw DecodingProblems.Damaged(name, "the first frame is not inside the canvas");
        var canvas = new PixelImage(Width, Height);
        canvas.Pixels.Fill(byte.MaxValue);
        for (int y = 0; y < frame.Height; y++)
            frame.Row(y).CopyTo(canvas.Row(Top + y)[(Left * PixelImage.Channels)..]);
        return canvas;
    }

    /// <summary>Decodes a still picture.</summary>
    public delegate PixelImage Decoder(ReadOnlySpan<byte> still);

    private static byte[] Still(ReadOnlySpan<byte> chunks, int width, int height)
    {
        var file = new byte[ContainerHeader + ChunkHeader + ExtendedBody + chunks.Length];
        Span<byte> head = file;
        "RIFF"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], file.Length - 8);
        "WEBPVP8X"u8.CopyTo(head[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], ExtendedBody);
        head[20] = AlphaFlag;
        // The upper byte is overwritten by what follows, or is zero as it was.
        BinaryPrimitives.WriteInt32LittleEndian(head[24..], width - 1);
        BinaryPrimitives.WriteUInt16LittleEndian(head[27..], (ushort)(height - 1));
        head[29] = (byte)((height - 1) >> 16);
        chunks.CopyTo(head[30..]);
        return file;
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
