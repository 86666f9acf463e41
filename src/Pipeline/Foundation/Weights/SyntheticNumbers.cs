using System.Text;

namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>
/// Numbers that are a function of a name: the same on every machine and in every language. FNV-1a of the name seeds a
/// splitmix64 counter; 24 bits of each draw become a float in [−1, 1).
/// </summary>
internal static class SyntheticNumbers
{
    private const ulong FnvOffset = 0xcbf2_9ce4_8422_2325, FnvPrime = 0x0000_0100_0000_01b3;
    private const ulong Golden = 0x9e37_79b9_7f4a_7c15, Mix1 = 0xbf58_476d_1ce4_e5b9, Mix2 = 0x94d0_49bb_1331_11eb;
    private const int Bits = 24;

    /// <summary>FNV-1a, 64 bits, of the UTF-8 bytes of <paramref name="name"/>.</summary>
    public static ulong Hash(string name)
    {
        ulong hash = FnvOffset;
        foreach (byte value in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ value) * FnvPrime;
        return hash;
    }

    /// <summary>
    /// Fills <paramref name="draws"/> with the first draws for <paramref name="name"/>: integers of 24 bits.
    /// </summary>
    public static void Draw(string name, Span<uint> draws)
    {
        ulong state = Hash(name);
        for (int i = 0; i < draws.Length; i++)
        {
            ulong x = state += Golden;
            x = (x ^ (x >> 30)) * Mix1;
            x = (x ^ (x >> 27)) * Mix2;
            draws[i] = (uint)((x ^ (x >> 31)) >> (64 - Bits));
        }
    }

    /// <summary>
    /// <paramref name="count"/> floats in [−1, 1), times <paramref name="scale"/>, plus <paramref name="offset"/>; each
    /// step in float32.
    /// </summary>
    public static float[] Floats(string name, long count, float scale = 1, float offset = 0)
    {
        var draws = new uint[count];
        Draw(name, draws);
        const int Half = 1 << (Bits - 1);
        return Array.ConvertAll(draws, draw => ((((int)draw - Half) / (float)Half) * scale) + offset);
    }
}
