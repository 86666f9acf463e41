namespace FrozenSeg.Shared.Masks;

/// <summary>A number for each pixel: H×W, int32, row-major. Class indices, segment ids or object ids.</summary>
public sealed class LabelMap
{
    private readonly int[] _labels;

    /// <summary>A map of zeros.</summary>
    public LabelMap(int height, int width)
        : this(height, width, new int[checked(height * width)])
    {
    }

    /// <summary>Wraps <paramref name="labels"/> without copying.</summary>
    /// <exception cref="ArgumentException">The number of labels is not H·W.</exception>
    public LabelMap(int height, int width, int[] labels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        if (labels.Length != height * width)
            throw new ArgumentException($"{labels.Length} labels do not fill {height}×{width}.", nameof(labels));
        Height = height;
        Width = width;
        _labels = labels;
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>All labels, row-major.</summary>
    public Span<int> Labels => _labels;

    /// <summary>The label at row <paramref name="y"/>, column <paramref name="x"/>.</summary>
    public int this[int y, int x]
    {
        get => _labels[(y * Width) + x];
        set => _labels[(y * Width) + x] = value;
    }

    /// <summary>The pixels that carry <paramref name="label"/>.</summary>
    public BinaryMask MaskOf(int label) =>
        new(Height, Width, Array.ConvertAll(_labels, value => value == label ? (byte)1 : (byte)0));
}
