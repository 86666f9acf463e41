namespace FrozenSeg.Evaluation.Conversion.Targets;

/// <summary>Writes numbers of any number of bits, the highest first.</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _used = 8;

    /// <summary>Writes the lowest <paramref name="count"/> bits of a number.</summary>
    public void Write(int value, int count)
    {
        for (int bit = count - 1; bit >= 0; bit--)
        {
            if (_used == 8)
            {
                _bytes.Add(0);
                _used = 0;
            }

            _bytes[^1] |= (byte)(((value >> bit) & 1) << (7 - _used++));
        }
    }

    /// <summary>What was written, filled up with zeros to whole bytes.</summary>
    public byte[] ToArray() => [.. _bytes];
}
