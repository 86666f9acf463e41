using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>Between the float types that weights are stored in.</summary>
internal static class WeightConversion
{
    /// <summary>Widens or narrows little-endian floats to float32; null when the elements are not floats.</summary>
    public static float[]? ToFloat32(ReadOnlySpan<byte> bytes, ElementType type)
    {
        if (!type.IsFloat())
            return null;
        var floats = new float[bytes.Length / type.Size()];
        switch (type)
        {
            case ElementType.Float32:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(floats);
                break;
            case ElementType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), floats);
                break;
            case ElementType.Float64:
                ReadOnlySpan<double> doubles = MemoryMarshal.Cast<byte, double>(bytes);
                for (int i = 0; i < floats.Length; i++)
                    floats[i] = (float)doubles[i];
                break;
            default:
                ReadOnlySpan<ushort> upper = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (int i = 0; i < floats.Length; i++)
                    floats[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                break;
        }

        return floats;
    }
}
