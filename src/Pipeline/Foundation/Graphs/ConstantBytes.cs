using System.Buffers.Binary;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Graphs;

/// <summary>One number as the little-endian bytes of an element type.</summary>
internal static class ConstantBytes
{
    public static byte[] Of(double value, ElementType type)
    {
        var bytes = new byte[type.Size()];
        switch (type)
        {
            case ElementType.Float32:
                BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
                break;
            case ElementType.Float16:
                BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)value);
                break;
            case ElementType.Int64:
                BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)value);
                break;
            case ElementType.Int32:
                BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)value);
                break;
            case ElementType.Bool or ElementType.UInt8:
                bytes[0] = (byte)value;
                break;
            default:
                throw new GraphException($"A constant of type {type} is not supported.");
        }

        return bytes;
    }
}
