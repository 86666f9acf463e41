namespace FrozenSeg.Pipeline.Foundation.Imaging.Large;

/// <summary>A window of whole rows that moves down a picture; only its rows are held.</summary>
/// <param name="source">The picture.</param>
/// <param name="height">Rows of the window.</param>
internal sealed class BandWindow(IRowSource source, int height)
{
    private readonly int _stride = source.Width * PixelImage.Channels;
    private readonly byte[] _rows =
        new byte[(long)source.Width * Math.Min(height, source.Height) * PixelImage.Channels];
    private int _first, _count;

    /// <summary>Moves the window down, so that its first row is <paramref name="first"/>.</summary>
    /// <param name="first">Not above where it is now.</param>
    public void MoveTo(int first)
    {
        int kept = Math.Max(0, _first + _count - first);
        if (kept > 0)
            _rows.AsSpan((_count - kept) * _stride, kept * _stride).CopyTo(_rows);
        for (int skipped = _first + _count; skipped < first; skipped++)
            source.Read(_rows.AsSpan(0, _stride));
        int wanted = Math.Min(_rows.Length / _stride, source.Height - first);
        source.Read(_rows.AsSpan(kept * _stride, (wanted - kept) * _stride));
        (_first, _count) = (first, wanted);
    }

    /// <summary>A copy of some columns.</summary>
    public PixelImage Crop(int left, int width)
    {
        var crop = new PixelImage(width, _count);
        for (int y = 0; y < _count; y++)
            _rows.AsSpan((y * _stride) + (left * PixelImage.Channels), width * PixelImage.Channels).CopyTo(crop.Row(y));
        return crop;
    }
}
