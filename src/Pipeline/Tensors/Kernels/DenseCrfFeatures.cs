namespace FrozenSeg.Pipeline.Tensors.Kernels;

/// <summary>Where pixels lie in the feature spaces of a dense CRF, in standard deviations.</summary>
internal static class DenseCrfFeatures
{
    /// <summary>(x, y)/σ: N×2.</summary>
    public static float[] Positions(int width, int height, DenseCrfOptions options)
    {
        var features = new float[checked(2 * width * height)];
        for (int y = 0, at = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                features[at++] = x / options.SmoothnessDeviation;
                features[at++] = y / options.SmoothnessDeviation;
            }
        }

        return features;
    }

    /// <summary>(x, y)/σ of position, three channels/σ of colour: N×5.</summary>
    public static float[] PositionsAndColours(int width, int height, ReadOnlySpan<byte> colours, DenseCrfOptions options)
    {
        var features = new float[checked(5 * width * height)];
        for (int y = 0, at = 0, colour = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                features[at++] = x / options.AppearancePositionDeviation;
                features[at++] = y / options.AppearancePositionDeviation;
                for (int channel = 0; channel < 3; channel++)
                    features[at++] = colours[colour++] / options.AppearanceColourDeviation;
            }
        }

        return features;
    }
}
