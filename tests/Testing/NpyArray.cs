using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Testing;

/// <summary>
/// One array of NumPy's format, in C order whatever the file has: little-endian, any of the number types the goldens
/// use.
/// </summary>
public sealed partial class NpyArray
{
    private readonly byte[] _data;

    private NpyArray(string type, TensorShape shape, byte[] data)
    {
        Type = type;
        Shape = shape;
        _data = data;
    }

    /// <summary>NumPy's type without byte order, for instance <c>f4</c>.</summary>
    public string Type { get; }

    /// <summary>Dimensions.</summary>
    internal TensorShape Shape { get; }

    /// <summary>The elements as floats, whatever their type.</summary>
    public float[] Floats => Type switch
    {
        "f4" => MemoryMarshal.Cast<byte, float>(_data).ToArray(),
        "f2" => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(_data).ToArray(), value => (float)value),
        "f8" => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(_data).ToArray(), value => (float)value),
        _ => Array.ConvertAll(Integers, value => (float)value),
    };

    /// <summary>The elements as doubles, whatever their type.</summary>
    public double[] Doubles => Type == "f8"
        ? MemoryMarshal.Cast<byte, double>(_data).ToArray()
        : Array.ConvertAll(Floats, value => (double)value);

    /// <summary>The elements of an integer or Boolean array.</summary>
    public long[] Integers => Type switch
    {
        "i8" => MemoryMarshal.Cast<byte, long>(_data).ToArray(),
        "i2" => Array.ConvertAll(MemoryMarshal.Cast<byte, short>(_data).ToArray(), value => (long)value),
        "i4" => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(_data).ToArray(), value => (long)value),
        "u1" or "b1" => Array.ConvertAll(_data, value => (long)value),
        _ => throw new InvalidDataException($"An array of type {Type} holds no integers."),
    };

    /// <summary>The bytes of a uint8 or Boolean array.</summary>
    public byte[] Bytes =>
        Type is "u1" or "b1" ? _data : throw new InvalidDataException($"An array of type {Type} holds no bytes.");

    /// <summary>A tensor holding the elements as floats; the caller disposes it.</summary>
    internal TensorBuffer<float> ToTensor() => TensorBuffer<float>.From(Floats, Shape.Dimensions);

    /// <summary>Reads a <c>.npy</c> stream.</summary>
    public static NpyArray Read(Stream stream)
    {
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        ReadOnlySpan<byte> bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        int lengthBytes = bytes[6] == 1 ? 2 : 4;
        int headerLength = lengthBytes == 2
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..])
            : BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        int start = 8 + lengthBytes;
        string header = Encoding.Latin1.GetString(bytes.Slice(start, headerLength));
        Match match = HeaderPattern().Match(header);
        if (!match.Success)
            throw new InvalidDataException($"Unsupported array header {header}.");
        int[] shape =
        [
            .. match.Groups["shape"].Value
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture)),
        ];
        byte[] data = bytes[(start + headerLength)..].ToArray();
        bool isColumnMajor = match.Groups["fortran"].Value == "True";
        return new NpyArray(
            match.Groups["type"].Value, new TensorShape(shape), isColumnMajor ? ToRowMajor(data, shape) : data);
    }

    private static byte[] ToRowMajor(byte[] data, int[] shape)
    {
        int count = shape.Aggregate(1, (product, size) => product * size), size = count == 0 ? 0 : data.Length / count;
        var rows = new byte[data.Length];
        for (int target = 0; target < count; target++)
        {
            int source = 0, rest = target;
            for (int axis = shape.Length - 1, index = 0; axis >= 0; axis--)
            {
                (rest, index) = Math.DivRem(rest, shape[axis]);
                int stride = shape[..axis].Aggregate(1, (product, length) => product * length);
                source += index * stride;
            }

            data.AsSpan(source * size, size).CopyTo(rows.AsSpan(target * size));
        }

        return rows;
    }

    [GeneratedRegex(
        @"'descr':\s*'[<|](?<type>\w\d)'.*'fortran_order':\s*(?<fortran>\w+).*'shape':\s*\((?<shape>[^)]*)\)")]
    private static partial Regex HeaderPattern();
}
