namespace FrozenSeg.Evaluation.Tests.Conversion;

/// <summary>What Label Studio stores of a brush.</summary>
internal static class BrushRuns
{
    public static byte[] Unpack(byte[] packed)
    {
        int at = 0;
        int count = Read(32), word = Read(5) + 1;
        int[] sizes = [Read(4) + 1, Read(4) + 1, Read(4) + 1, Read(4) + 1];
        var bytes = new List<byte>();
        while (bytes.Count < count)
        {
            int flag = Read(1), length = Read(sizes[Read(2)]) + 1;
            for (int i = 0; i < length; i++)
                bytes.Add(flag == 1 && i > 0 ? bytes[^1] : (byte)Read(word));
        }

        return [.. bytes];

        int Read(int bits)
        {
            int value = 0;
            for (int i = 0; i < bits; i++, at++)
                value = (value << 1) | (packed[at / 8] >> (7 - (at % 8)) & 1);
            return value;
        }
    }
}
