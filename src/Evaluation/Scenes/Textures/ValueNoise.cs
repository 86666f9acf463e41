namespace FrozenSeg.Evaluation.Scenes.Textures;

/// <summary>Smooth noise: random values on a grid of whole numbers, blended between.</summary>
internal readonly struct ValueNoise(uint seed)
{
    /// <summary>A number in 0..1, about one bump to a unit.</summary>
    public float At(float x, float y)
    {
        float floorX = MathF.Floor(x), floorY = MathF.Floor(y);
        int column = (int)floorX, row = (int)floorY;
        float u = Ease(x - floorX), v = Ease(y - floorY);
        float top = Lerp(Corner(column, row), Corner(column + 1, row), u);
        float bottom = Lerp(Corner(column, row + 1), Corner(column + 1, row + 1), u);
        return Lerp(top, bottom, v);
    }

    /// <summary>Octaves of the noise, each half as strong and twice as fine; 0..1.</summary>
    public float Fractal(float x, float y, int octaves)
    {
        float sum = 0, weight = .5f, total = 0;
        for (int octave = 0; octave < octaves; octave++)
        {
            sum += weight * At(x, y);
            total += weight;
            (x, y, weight) = ((2 * x) + 17.3f, (2 * y) + 5.1f, weight / 2);
        }

        return sum / total;
    }

    /// <summary>The random number of a grid cell, 0..1.</summary>
    public float Corner(int column, int row)
    {
        uint hash = seed ^ ((uint)column * 0x85eb_ca6b) ^ ((uint)row * 0xc2b2_ae35);
        hash = (hash ^ (hash >> 15)) * 0x2c1b_3c6d;
        hash = (hash ^ (hash >> 12)) * 0x297a_2d39;
        return ((hash ^ (hash >> 15)) >> 8) * (1f / (1 << 24));
    }

    private static float Ease(float t) => t * t * (3 - (2 * t));

    private static float Lerp(float a, float b, float t) => a + ((b - a) * t);
}
