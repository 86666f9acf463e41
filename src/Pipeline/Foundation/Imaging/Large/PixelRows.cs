namespace FrozenSeg.Pipeline.Foundation.Imaging.Large;

/// <summary>The rows of a picture that is decoded already.</summary>
/// <param name="image">The picture.</param>
internal sealed class PixelRows(PixelImage image) : IRowSource
{
    private int _at;

    /// <inheritdoc/>
    public int Width => image.Width;

    /// <inheritdoc/>
    public int Height => image.Height;

    /// <inheritdoc/>
    public void Read(Span<byte> rows)
    {
        image.Pixels.Slice(_at, rows.Length).CopyTo(rows);
        _at += rows.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The picture belongs to whoever decoded it.
    }
}
