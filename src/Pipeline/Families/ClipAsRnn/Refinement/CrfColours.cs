using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Refinement;

/// <summary>
/// The colours CaR's CRF compares. The released code subtracts a mean and casts to bytes, so that dark values wrap
/// round to bright ones; its thresholds were tuned so, and we do the same (car.md 8).
/// </summary>
internal static class CrfColours
{
    // Means of blue, green and red of the Caffe models, as everywhere in the literature.
    private static readonly double[] Means = [104.008, 116.669, 122.675];
    private static readonly byte[][] Wrapped = Array.ConvertAll(Means, Table);

    /// <summary>uint8, H×W×3, blue first.</summary>
    public static byte[] Of(PixelImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        var colours = new byte[pixels.Length];
        for (int at = 0; at < pixels.Length; at += PixelImage.Channels)
        {
            for (int channel = 0; channel < PixelImage.Channels; channel++)
                colours[at + channel] = Wrapped[channel][pixels[at + PixelImage.Channels - 1 - channel]];
        }

        return colours;
    }

    private static byte[] Table(double mean) =>
        [.. Enumerable.Range(0, 256).Select(value => unchecked((byte)(int)(value - mean)))];
}
