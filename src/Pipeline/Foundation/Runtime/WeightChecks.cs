using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.InteropServices;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>Looks at every weight once before a network is loaded: a NaN would only show as an empty picture.</summary>
internal static class WeightChecks
{
    private const int Chunk = 1 << 20;

    /// <exception cref="SegmentationProblemException">A weight is NaN or infinite; the first such tensor is
    /// named.</exception>
    public static void ThrowIfNotFinite(IReadOnlyList<WeightTensor> weights)
    {
        foreach (IGrouping<string, WeightTensor> file in weights.GroupBy(tensor => tensor.Path))
        {
            using var map = MemoryMappedFile.CreateFromFile(
                file.Key, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            using MemoryMappedViewAccessor view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            foreach (WeightTensor tensor in file)
            {
                if (!IsFinite(view, tensor))
                {
                    throw SegmentationProblem.InvalidModel(
                        Path.GetFileName(tensor.Path),
                        $"tensor '{tensor.Name}' holds values that are not finite numbers",
                        "Download or export the weights again");
                }
            }
        }
    }

    private static unsafe bool IsFinite(MemoryMappedViewAccessor view, WeightTensor tensor)
    {
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            byte* data = start + view.PointerOffset + tensor.Offset;
            for (long done = 0; done < tensor.Length; done += Chunk)
            {
                var bytes = new ReadOnlySpan<byte>(data + done, (int)Math.Min(Chunk, tensor.Length - done));
                if (!IsFinite(bytes, tensor.Type))
                    return false;
            }

            return true;
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    // An all-ones exponent marks NaN and infinity in every IEEE format.
    private static bool IsFinite(ReadOnlySpan<byte> bytes, ElementType type) => type switch
    {
        ElementType.Float32 => AllBelow(MemoryMarshal.Cast<byte, uint>(bytes), 0x7f80_0000u),
        ElementType.Float16 => AllBelow(MemoryMarshal.Cast<byte, ushort>(bytes), (ushort)0x7c00),
        ElementType.BFloat16 => AllBelow(MemoryMarshal.Cast<byte, ushort>(bytes), (ushort)0x7f80),
        ElementType.Float64 => AllBelow(MemoryMarshal.Cast<byte, ulong>(bytes), 0x7ff0_0000_0000_0000ul),
        _ => true,
    };

    private static bool AllBelow<T>(ReadOnlySpan<T> values, T exponent)
        where T : unmanaged, IBinaryInteger<T>
    {
        foreach (T value in values)
        {
            if ((value & exponent) == exponent)
                return false;
        }

        return true;
    }
}
