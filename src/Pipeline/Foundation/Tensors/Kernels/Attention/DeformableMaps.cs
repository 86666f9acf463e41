namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Attention;

/// <summary>
/// The maps that deformable attention looks at, one after the other in the token list, and how it looks.
/// </summary>
/// <param name="Sizes">Height and width of each map.</param>
/// <param name="Heads">Heads.</param>
/// <param name="Levels">Levels the offsets and weights are laid out for; more than there are maps in FrozenSeg's SAM
/// branch.</param>
/// <param name="Points">Points of a head on each level.</param>
internal sealed record DeformableMaps(IReadOnlyList<(int Height, int Width)> Sizes, int Heads, int Levels, int Points)
{
    /// <summary>Tokens of all maps.</summary>
    public int Tokens => Sizes.Sum(size => size.Height * size.Width);

    /// <summary>Each token's own place, (x, y) in 0..1: N×2.</summary>
    public float[] Places()
    {
        var places = new float[2 * Tokens];
        int at = 0;
        foreach ((int height, int width) in Sizes)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    places[at++] = (x + 0.5f) / width;
                    places[at++] = (y + 0.5f) / height;
                }
            }
        }

        return places;
    }
}
