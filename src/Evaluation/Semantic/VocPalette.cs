using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Semantic;

/// <summary>
/// PASCAL VOC's colour map, which DAVIS shares: the bits of an index, three at a time, become the high bits of red,
/// green and blue.
/// </summary>
internal static class VocPalette
{
    private const int Size = 256;

    /// <summary>The colours of indices 0..255.</summary>
    public static IReadOnlyList<Rgb> Colours { get; } = [.. Enumerable.Range(0, Size).Select(Colour)];

    /// <summary>Indices by colour, as R + 256 G + 256² B.</summary>
    internal static IReadOnlyDictionary<int, int> Indices { get; } = Colours
        .Select((colour, index) => (Key: PanopticId.FromRgb(colour.Red, colour.Green, colour.Blue), index))
        .ToDictionary(pair => pair.Key, pair => pair.index);

    private static Rgb Colour(int index)
    {
        int red = 0, green = 0, blue = 0;
        for (int bit = 7, rest = index; bit >= 0; bit--, rest >>= 3)
        {
            red |= (rest & 1) << bit;
            green |= ((rest >> 1) & 1) << bit;
            blue |= ((rest >> 2) & 1) << bit;
        }

        return new Rgb((byte)red, (byte)green, (byte)blue);
    }
}
