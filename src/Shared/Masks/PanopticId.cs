namespace FrozenSeg.Shared.Masks;

/// <summary>COCO's segment ids in pictures: id = R + 256 G + 256² B; 0 is void.</summary>
public static class PanopticId
{
    /// <summary>The largest id that fits into three bytes.</summary>
    public const int Max = (1 << 24) - 1;

    /// <summary>The id of a pixel.</summary>
    public static int FromRgb(byte red, byte green, byte blue) => red | (green << 8) | (blue << 16);

    /// <summary>The pixel of an id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id does not fit into three bytes.</exception>
    public static (byte Red, byte Green, byte Blue) ToRgb(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(id, Max);
        return ((byte)id, (byte)(id >> 8), (byte)(id >> 16));
    }
}
