using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Evaluation.Formats.Labels;

/// <summary>How many pixels of two label pictures carry each pair of labels.</summary>
internal static class LabelPairs
{
    /// <summary>Counts the pairs of two pictures of one size.</summary>
    /// <param name="first">Grey, palette or RGB.</param>
    /// <param name="second">The same.</param>
    public static Dictionary<(int First, int Second), int> Count(Raster first, Raster second)
    {
        var pairs = new Dictionary<(int, int), int>();
        int firstPixel = RasterRuns.PixelBytes(first), secondPixel = RasterRuns.PixelBytes(second);
        for (int y = 0; y < first.Height; y++)
            AddRow(pairs, RasterRuns.Row(first, y), firstPixel, RasterRuns.Row(second, y), secondPixel, first.Width);
        return pairs;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow(
        Dictionary<(int, int), int> pairs,
        ReadOnlySpan<byte> first,
        int firstPixel,
        ReadOnlySpan<byte> second,
        int secondPixel,
        int width)
    {
        int firstLabel = 0, secondLabel = 0, firstEnd = 0, secondEnd = 0;
        for (int x = 0; x < width;)
        {
            if (x == firstEnd)
                (firstLabel, firstEnd) = RasterRuns.At(first, x, firstPixel);
            if (x == secondEnd)
                (secondLabel, secondEnd) = RasterRuns.At(second, x, secondPixel);
            int end = Math.Min(firstEnd, secondEnd);
            CollectionsMarshal.GetValueRefOrAddDefault(pairs, (firstLabel, secondLabel), out _) += end - x;
            x = end;
        }
    }
}
