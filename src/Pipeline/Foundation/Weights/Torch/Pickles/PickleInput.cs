using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

/// <summary>The bytes of a pickle, read one after the other; every length is checked against what is left.</summary>
/// <param name="bytes">All bytes.</param>
/// <param name="encoding">What texts are in; null refuses what is not UTF-8.</param>
internal sealed class PickleInput(ReadOnlyMemory<byte> bytes, Encoding? encoding = null)
{
    // Python writes integers of any length; none in a checkpoint is longer.
    private const int LongestInteger = 64;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>The next byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>An unsigned integer of two bytes.</summary>
    public long UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>A signed integer of four bytes.</summary>
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>An unsigned integer of eight bytes.</summary>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A float of eight bytes, big-endian as the format has it.</summary>
    public double Float() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A signed integer of any length; one beyond 64 bits as <see cref="BigInteger"/>.</summary>
    public object Integer(long length)
    {
        if (length > LongestInteger)
            throw new PickleException($"it holds an integer of {length} bytes");
        var value = new BigInteger(Take(length));
        // A conditional of both types would be a BigInteger either way.
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    /// <summary>Text of so many bytes.</summary>
    public string Text(long length)
    {
        try
        {
            return (encoding ?? Utf8).GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw new PickleException("it holds text that is not UTF-8");
        }
    }

    /// <summary>Text up to the end of the line.</summary>
    public string Line()
    {
        int length = bytes.Span[Position..].IndexOf((byte)'\n');
        if (length < 0)
            throw CutShort();
        string line = Text(length);
        Position++;
        return line;
    }

    /// <summary>Passes over so many bytes.</summary>
    public void Skip(long length) => Take(length);

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length < 0 || length > bytes.Length - Position)
            throw CutShort();
        ReadOnlySpan<byte> taken = bytes.Span.Slice(Position, (int)length);
        Position += (int)length;
        return taken;
    }

    private static PickleCutShortException CutShort() => new();
}
