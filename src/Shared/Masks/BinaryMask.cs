namespace FrozenSeg.Shared.Masks;

/// <summary>A thresholded mask: one byte a pixel, 0 or 1, H×W, row-major. Owned by its maker.</summary>
public sealed class BinaryMask
{
    private readonly byte[] _pixels;

    /// <summary>An empty mask.</summary>
    /// <param name="height">Rows, at least 0.</param>
    /// <param name="width">Columns, at least 0.</param>
    public BinaryMask(int height, int width)
        : this(height, width, new byte[checked(height * width)])
    {
    }

    /// <summary>Wraps <paramref name="pixels"/> without copying.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="pixels">Row-major values, each 0 or 1.</param>
    /// <exception cref="ArgumentException">The number of pixels is not H·W.</exception>
    public BinaryMask(int height, int width, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Length != height * width)
            throw new ArgumentException($"{pixels.Length} pixels do not fill {height}×{width}.", nameof(pixels));

        Height = height;
        Width = width;
        _pixels = pixels;
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>All pixels, row-major, 0 or 1.</summary>
    public Span<byte> Pixels => _pixels;

    /// <summary>The pixel at row <paramref name="y"/>, column <paramref name="x"/>.</summary>
    public bool this[int y, int x]
    {
        get => _pixels[(y * Width) + x] != 0;
        set => _pixels[(y * Width) + x] = value ? (byte)1 : (byte)0;
    }

    /// <summary>One row, 0 or 1.</summary>
    public Span<byte> Row(int y) => _pixels.AsSpan(y * Width, Width);

    /// <summary>Number of pixels set.</summary>
    public int CountPixels() => _pixels.AsSpan().Count((byte)1);

    /// <summary>A copy that can be changed without changing this one.</summary>
    public BinaryMask Clone() => new(Height, Width, (byte[])_pixels.Clone());
}
