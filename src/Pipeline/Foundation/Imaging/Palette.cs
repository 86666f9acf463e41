namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>Colours that are easy to tell apart, however many are needed.</summary>
internal static class Palette
{
    // Turning the hue by the golden ratio keeps any number of colours spread evenly.
    private const double GoldenRatio = 0.618033988749895;

    /// <summary>Colour <paramref name="index"/>; the same every time.</summary>
    public static Rgb Colour(int index)
    {
        double hue = ((index * GoldenRatio) + 0.08) % 1;
        double saturation = 0.65 + (0.2 * (index / 3 % 2)), value = 0.95 - (0.18 * (index / 5 % 2));
        return FromHsv(hue, saturation, value);
    }

    private static Rgb FromHsv(double hue, double saturation, double value)
    {
        double Channel(double offset)
        {
            double k = (offset + (hue * 6)) % 6;
            return value - (value * saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1));
        }

        return new Rgb((byte)(255 * Channel(5)), (byte)(255 * Channel(3)), (byte)(255 * Channel(1)));
    }
}
