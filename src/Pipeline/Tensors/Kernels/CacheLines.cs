using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FrozenSeg.Pipeline.Tensors.Kernels;

/// <summary>
/// Asks for memory before it is needed. Lattices are walked in an order no processor can foresee, and waiting for one
/// vertex after another was a third of the time of a CRF of many labels.
/// </summary>
internal static class CacheLines
{
    private const int FloatsPerLine = 16;

    /// <summary>Whether rows of so many floats are worth asking for: the vertices of shorter ones mostly lie in the cache.</summary>
    public static bool IsWorthwhile(int stride) => Sse.IsSupported && stride >= FloatsPerLine;

    /// <summary>Asks for <paramref name="count"/> floats; only where it <see cref="IsWorthwhile"/>.</summary>
    /// <param name="start">First float of an array.</param>
    /// <param name="offset">Where the floats begin; must lie in the array.</param>
    /// <param name="count">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Request(ref float start, nint offset, int count)
    {
        ref float row = ref Unsafe.Add(ref start, offset);
        for (int at = 0; at < count; at += FloatsPerLine)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref row, at)));
        Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref row, count - 1)));
    }
}
