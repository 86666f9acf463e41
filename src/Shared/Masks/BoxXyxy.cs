namespace FrozenSeg.Shared.Masks;

/// <summary>
/// A box by its corners, float32, pixels. Half-open (<c>X1</c>, <c>Y1</c> outside) unless the source says otherwise:
/// SAM's boxes are inclusive pixel indices.
/// </summary>
/// <param name="X0">Left edge.</param>
/// <param name="Y0">Top edge.</param>
/// <param name="X1">Right edge.</param>
/// <param name="Y1">Bottom edge.</param>
public readonly record struct BoxXyxy(float X0, float Y0, float X1, float Y1)
{
    /// <summary>Width times height; no pixel is added, so an inclusive box of one pixel has area 0.</summary>
    public float Area => (X1 - X0) * (Y1 - Y0);

    /// <summary>The same box by corner and size.</summary>
    public BoxXywh ToXywh() => new(X0, Y0, X1 - X0, Y1 - Y0);

    /// <summary>The box moved by (<paramref name="dx"/>, <paramref name="dy"/>).</summary>
    public BoxXyxy Offset(float dx, float dy) => new(X0 + dx, Y0 + dy, X1 + dx, Y1 + dy);

    /// <summary>
    /// Intersection over union, 0..1. Two boxes without area give NaN (0/0), as in torchvision.
    /// </summary>
    public float IoU(in BoxXyxy other)
    {
        float width = MathF.Max(0, MathF.Min(X1, other.X1) - MathF.Max(X0, other.X0));
        float height = MathF.Max(0, MathF.Min(Y1, other.Y1) - MathF.Max(Y0, other.Y0));
        float intersection = width * height;
        return intersection / (Area + other.Area - intersection);
    }
}
