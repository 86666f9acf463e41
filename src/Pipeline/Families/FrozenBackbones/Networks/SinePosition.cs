namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;

/// <summary>
/// Where a cell is, as sines (frozenseg.md 4.4): for each frequency of y and then of x, sine at even and cosine at odd
/// components. Computed in float32, as the official code does.
/// </summary>
internal static class SinePosition
{
    private const float Temperature = 10000, Turn = 2 * MathF.PI, Epsilon = 1e-6f;

    /// <summary>float32, (height · width) × width of the features, row-major.</summary>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="features">Components in all, half of them for y.</param>
    public static float[] Compute(int height, int width, int features)
    {
        int half = features / 2;
        float[] rows = Axis(height, half), columns = Axis(width, half);
        var positions = new float[height * width * features];
        for (int y = 0, at = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, at += features)
            {
                rows.AsSpan(y * half, half).CopyTo(positions.AsSpan(at));
                columns.AsSpan(x * half, half).CopyTo(positions.AsSpan(at + half));
            }
        }

        return positions;
    }

    private static float[] Axis(int size, int components)
    {
        var values = new float[size * components];
        for (int k = 0; k < components; k++)
        {
            float period = MathF.Pow(Temperature, 2f * (k / 2) / components);
            for (int i = 0; i < size; i++)
            {
                float angle = (i + 1) / (size + Epsilon) * Turn / period;
                values[(i * components) + k] = k % 2 == 0 ? MathF.Sin(angle) : MathF.Cos(angle);
            }
        }

        return values;
    }
}
