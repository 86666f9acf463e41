using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Crf;

/// <summary>
/// A hash table from names of lattice vertices, all above 0, to their numbers from 0 on. Open addressing.
/// </summary>
internal sealed class VertexTable
{
    // 2⁶⁴ over the golden ratio spreads neighbouring names (Knuth, volume 3, 6.4).
    private const ulong Spread = 0x9e37_79b9_7f4a_7c15;

    /// <summary>How many steps ahead <see cref="Request"/> is best called.</summary>
    public const int Ahead = 16;

    // A vertex's number plus one; 0 where none is.
    private int[] _slots;
    private long[] _names;
    private int _shift;

    /// <param name="expected">About how many vertices there will be.</param>
    public VertexTable(int expected)
    {
        uint capacity = BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, expected) * 2);
        _slots = new int[capacity];
        _names = new long[capacity / 2];
        _shift = 64 - BitOperations.Log2(capacity);
    }

    /// <summary>Number of vertices.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Asks for the slot of <paramref name="name"/>, some steps before it is needed: slots are far apart in memory.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Request(long name)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(
                Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), Home(name))));
    }

    /// <summary>The number of the vertex called <paramref name="name"/>, a new one if it has none.</summary>
    public int FindOrAdd(long name)
    {
        int slot = Probe(name);
        if (_slots[slot] > 0)
            return _slots[slot] - 1;
        if (Count == _names.Length)
        {
            Grow();
            slot = Probe(name);
        }

        _names[Count] = name;
        _slots[slot] = ++Count;
        return Count - 1;
    }

    /// <summary>
    /// For every vertex, the number of the one whose name is greater by <paramref name="step"/>, or −1.
    /// </summary>
    public void FindShifted(long step, Span<int> numbers)
    {
        for (int i = 0; i < Count; i++)
        {
            if (i + Ahead < Count)
                Request(_names[i + Ahead] + step);
            numbers[i] = _slots[Probe(_names[i] + step)] - 1;
        }
    }

    private int Home(long name) => (int)(((ulong)name * Spread) >> _shift);

    // The slot that holds the name, or the free one where it belongs.
    private int Probe(long name)
    {
        int[] slots = _slots;
        int slot = Home(name);
        while (slots[slot] != 0 && _names[slots[slot] - 1] != name)
            slot = (slot + 1) & (slots.Length - 1);
        return slot;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        _shift--;
        Array.Resize(ref _names, _names.Length * 2);
        for (int number = 0; number < Count; number++)
            _slots[Probe(_names[number])] = number + 1;
    }
}
