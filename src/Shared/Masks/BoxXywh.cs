namespace FrozenSeg.Shared.Masks;

/// <summary>A box by its top-left corner and size, float32, pixels; the form of COCO's <c>bbox</c>.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Horizontal extent.</param>
/// <param name="Height">Vertical extent.</param>
public readonly record struct BoxXywh(float X, float Y, float Width, float Height)
{
    /// <summary>The same box by its corners.</summary>
    public BoxXyxy ToXyxy() => new(X, Y, X + Width, Y + Height);
}
