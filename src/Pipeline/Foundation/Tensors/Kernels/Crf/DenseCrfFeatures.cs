namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Crf;

/// <summary>Where pixels lie in the feature spaces of a dense CRF, in standard deviations.</summary>
internal static class DenseCrfFeatures
{
    /// <summary>x/σ, y/σ: 2×N.</summary>
    public static float[] Positions(int width, int height, DenseCrfOptions options)
    {
        var features = new float[checked(2 * width * height)];
        WritePositions(features, width, options.SmoothnessDeviation);
        return features;
    }

    /// <summary>x/σ, y/σ of position, three channels/σ of colour: 5×N.</summary>
    public static float[] PositionsAndColours(
        int width, int height, ReadOnlySpan<byte> colours, DenseCrfOptions options)
    {
        int pixels = checked(width * height);
        var features = new float[checked(5 * pixels)];
        WritePositions(features.AsSpan(0, 2 * pixels), width, options.AppearancePositionDeviation);
        for (int at = 2 * pixels, channel = 0; channel < 3; channel++)
        {
            for (int colour = channel; colour < colours.Length; colour += 3)
                features[at++] = colours[colour] / options.AppearanceColourDeviation;
        }

        return features;
    }

    private static void WritePositions(Span<float> features, int width, float deviation)
    {
        int pixels = features.Length / 2;
        for (int pixel = 0, x = 0, y = 0; pixel < pixels; pixel++)
        {
            features[pixel] = x / deviation;
            features[pixels + pixel] = y / deviation;
            if (++x == width)
                (x, y) = (0, y + 1);
        }
    }
}
