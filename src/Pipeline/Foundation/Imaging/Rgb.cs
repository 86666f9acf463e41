namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>A colour, 8 bits a channel.</summary>
/// <param name="Red">0..255.</param>
/// <param name="Green">0..255.</param>
/// <param name="Blue">0..255.</param>
internal readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>No light.</summary>
    public static Rgb Black => default;

    /// <summary>All light.</summary>
    public static Rgb White => new(255, 255, 255);

    /// <summary>Whether the eye takes it for light rather than dark (Rec. 601 luma).</summary>
    public bool IsBright => (77 * Red) + (150 * Green) + (29 * Blue) > 128 * 256;
}
