using FrozenSeg.Evaluation.Scenes.Textures;

namespace FrozenSeg.Evaluation.Scenes.Painting;

/// <summary>Divides a picture into one to three regions with wavy borders and covers each with a texture.</summary>
internal static class StuffPainter
{
    private const double KeepsOrder = .7;

    // What is above what when the order is kept: sky over walls over far ground over near ground.
    private static readonly string[] FromTop = ["sky", "brick", "wood", "water", "snow", "grass", "sand", "road"];

    /// <summary>Paints the regions; owner k is the k-th of the returned categories.</summary>
    public static IReadOnlyList<SceneCategory> Paint(
        SceneCanvas canvas, IReadOnlyList<SceneCategory> kinds, SceneRandom random)
    {
        SceneCategory[] regions = Choose(kinds, random);
        ITexture[] textures = [.. regions.Select(region => TextureLibrary.Create(region, random))];
        float[] borders = Borders(regions.Length, random);
        float tilt = random.Chance(KeepsOrder) ? random.Range(-.25f, .25f) : random.Range(-1.6f, 1.6f);
        float cos = MathF.Cos(tilt), sin = MathF.Sin(tilt), wave = random.Range(0, .06f), length = random.Range(4, 11);
        float phase = random.Range(0, 6);

        for (int y = 0; y < canvas.Size; y++)
        {
            for (int x = 0; x < canvas.Size; x++)
            {
                float u = (x + .5f) / canvas.Size, v = (y + .5f) / canvas.Size;
                float along = (cos * (u - .5f)) + (sin * (v - .5f)), down = .5f + (cos * (v - .5f)) - (sin * (u - .5f));
                down += wave * MathF.Sin((along * length) + phase);
                int region = 0;
                while (region < borders.Length && down > borders[region])
                    region++;
                canvas.Owners[(y * canvas.Size) + x] = region;
                canvas[x, y] = textures[region].At(u, v);
            }
        }

        return regions;
    }

    private static SceneCategory[] Choose(IReadOnlyList<SceneCategory> kinds, SceneRandom random)
    {
        int count = random.Chance(.25) ? 1 : random.Chance(.67) ? 2 : 3;
        var regions = new List<SceneCategory>();
        while (regions.Count < count)
        {
            SceneCategory kind = random.Pick(kinds);
            if (!regions.Contains(kind))
                regions.Add(kind);
        }

        return random.Chance(KeepsOrder)
            ? [.. regions.OrderBy(region => Array.IndexOf(FromTop, region.Name))]
            : [.. regions];
    }

    private static float[] Borders(int regions, SceneRandom random) => regions switch
    {
        1 => [],
        2 => [random.Range(.3f, .7f)],
        _ => [random.Range(.25f, .42f), random.Range(.58f, .75f)],
    };
}
