namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>A decoded picture: uint8, H×W×3, RGB, row-major, upright (orientation applied), without alpha.</summary>
internal sealed class PixelImage
{
    /// <summary>Red, green, blue.</summary>
    public const int Channels = 3;

    private readonly byte[] _pixels;

    /// <summary>A black picture.</summary>
    public PixelImage(int width, int height)
        : this(width, height, new byte[checked(width * height * Channels)])
    {
    }

    /// <summary>Wraps <paramref name="pixels"/> without copying.</summary>
    /// <exception cref="ArgumentException">The number of bytes is not H·W·3.</exception>
    public PixelImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (pixels.Length != width * height * Channels)
            throw new ArgumentException(
                $"{pixels.Length} bytes do not fill {height}×{width}×{Channels}.", nameof(pixels));

        Width = width;
        Height = height;
        _pixels = pixels;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>All bytes, row-major, three to a pixel.</summary>
    public Span<byte> Pixels => _pixels;

    /// <summary>One row, three bytes a pixel.</summary>
    public Span<byte> Row(int y) => _pixels.AsSpan(y * Width * Channels, Width * Channels);

    /// <summary>The three bytes of the pixel in column <paramref name="x"/>, row <paramref name="y"/>.</summary>
    public Span<byte> Pixel(int x, int y) => _pixels.AsSpan(((y * Width) + x) * Channels, Channels);

    /// <summary>A copy that can be drawn on without changing this picture.</summary>
    public PixelImage Clone() => new(Width, Height, (byte[])_pixels.Clone());

    /// <summary>A copy of the window [<paramref name="x"/>, x + width) × [<paramref name="y"/>, y + height).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The window is not inside the picture.</exception>
    public PixelImage Crop(int x, int y, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(x + width, Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(y + height, Height);
        var crop = new PixelImage(width, height);
        for (int row = 0; row < height; row++)
            Row(y + row).Slice(x * Channels, width * Channels).CopyTo(crop.Row(row));
        return crop;
    }

    /// <summary>This picture turned for viewing; itself when nothing is to be done.</summary>
    /// <param name="orientation">How the pixels are stored now.</param>
    public PixelImage Orient(ExifOrientation orientation)
    {
        if (orientation is ExifOrientation.TopLeft)
            return this;

        bool transposed = orientation >= ExifOrientation.LeftTop;
        var upright = transposed ? new PixelImage(Height, Width) : new PixelImage(Width, Height);
        for (int y = 0; y < upright.Height; y++)
        {
            Span<byte> row = upright.Row(y);
            for (int x = 0; x < upright.Width; x++)
            {
                (int sourceX, int sourceY) = orientation switch
                {
                    ExifOrientation.TopRight => (Width - 1 - x, y),
                    ExifOrientation.BottomRight => (Width - 1 - x, Height - 1 - y),
                    ExifOrientation.BottomLeft => (x, Height - 1 - y),
                    ExifOrientation.LeftTop => (y, x),
                    ExifOrientation.RightTop => (y, Height - 1 - x),
                    ExifOrientation.RightBottom => (Width - 1 - y, Height - 1 - x),
                    _ => (Width - 1 - y, x),
                };
                Pixel(sourceX, sourceY).CopyTo(row[(x * Channels)..]);
            }
        }

        return upright;
    }
}
