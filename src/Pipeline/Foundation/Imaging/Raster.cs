namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>
/// A decoded PNG or TIFF as it is stored: samples are not converted, palette indices stay indices. Label maps need
/// them raw, which picture libraries do not give.
/// </summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="BitDepth">1, 2, 4, 8 or 16 bits a sample.</param>
/// <param name="Channels">Samples a pixel: 1 for grey and palette, 3 for RGB, 2 and 4 with alpha.</param>
/// <param name="Rows">Unfiltered rows, each padded to whole bytes, row-major; what lies behind the last is not
/// used.</param>
/// <param name="Palette">Colours of the palette; empty without one.</param>
internal sealed record Raster(
    int Width, int Height, int BitDepth, int Channels, byte[] Rows, IReadOnlyList<Rgb> Palette)
{
    /// <summary>Bytes of one row.</summary>
    public int Stride => ((Width * Channels * BitDepth) + 7) / 8;

    /// <summary>One row as stored.</summary>
    public ReadOnlySpan<byte> Row(int y) => Rows.AsSpan(y * Stride, Stride);
}
