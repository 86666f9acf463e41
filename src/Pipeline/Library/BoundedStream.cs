using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg;

/// <summary>Reads a stream that may be endless.</summary>
internal static class BoundedStream
{
    private const int Piece = 1 << 16;

    /// <summary>All bytes, as long as they are not more than the limits allow.</summary>
    public static async Task<byte[]> ReadAsync(
        Stream source, ImageLimits limits, string name, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        var buffer = new byte[Piece];
        for (int read; (read = await source.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            content.Write(buffer, 0, read);
            limits.CheckLength(content.Length, name);
        }

        return content.ToArray();
    }
}
