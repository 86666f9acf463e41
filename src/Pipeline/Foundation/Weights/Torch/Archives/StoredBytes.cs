using System.IO.Compression;
using FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Archives;

/// <summary>Reads bytes of an archive, packed or not.</summary>
internal static class StoredBytes
{
    private const int Chunk = 1 << 16;

    /// <summary>Bytes as they lie in a file that may be packed.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where the run begins in it.</param>
    /// <param name="isPacked">Whether it is deflated.</param>
    /// <param name="skip">Bytes of the run, unpacked, to pass over.</param>
    /// <param name="bytes">Filled.</param>
    /// <exception cref="PickleException">There are fewer.</exception>
    public static void Read(FileStream file, long start, bool isPacked, long skip, Span<byte> bytes)
    {
        try
        {
            if (!isPacked)
            {
                file.Position = start + skip;
                file.ReadExactly(bytes);
                return;
            }

            file.Position = start;
            using var stream = new DeflateStream(file, CompressionMode.Decompress, leaveOpen: true);
            var passed = new byte[Math.Min(skip, Chunk)];
            for (long left = skip; left > 0; left -= passed.Length)
                stream.ReadExactly(passed.AsSpan(0, (int)Math.Min(left, passed.Length)));
            stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException)
        {
            throw new PickleCutShortException();
        }
    }
}
