namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs;

/// <summary>An encoded picture for readers that want a stream, without a copy.</summary>
internal static class EncodedStream
{
    /// <summary>Reads from a stream over <paramref name="encoded"/>, which ends with the call.</summary>
    public static unsafe T Read<T>(ReadOnlySpan<byte> encoded, Func<Stream, T> read)
    {
        fixed (byte* bytes = encoded)
        {
            using var stream = new UnmanagedMemoryStream(bytes, encoded.Length);
            return read(stream);
        }
    }
}
