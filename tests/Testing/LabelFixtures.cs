using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Testing;

/// <summary>What the label maps under <c>fixtures/labels</c> hold.</summary>
public static class LabelFixtures
{
    /// <summary>The labels that the fixtures hold: noise below 847 with patches of 65535.</summary>
    public static LabelMap Labels(int height, int width)
    {
        var map = new LabelMap(height, width);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                map[y, x] = ((x / 4) + (y / 3)) % 7 == 0
                    ? ushort.MaxValue
                    : (int)((((uint)x * 40_503) ^ ((uint)y * 65_599)) >> 5) % 847;
        }

        return map;
    }
}
