using System.Numerics;

namespace FrozenSeg.Evaluation.Scenes.Textures;

/// <summary>Rows of red bricks in pale mortar, every other row moved by half a brick.</summary>
internal sealed class BrickTexture(SceneRandom random) : ITexture
{
    private readonly Vector3 _brick = Tint.Near(new(164, 82, 62), random, 16),
        _mortar = Tint.Near(new(206, 196, 184), random, 10);
    private readonly ValueNoise _each = new((uint)random.Next());
    private readonly float _rows = random.Range(9, 15), _offset = random.Range(0, 1);

    public Vector3 At(float x, float y)
    {
        float row = (y + _offset) * _rows, column = ((x + _offset) * _rows / 2) + (((int)row & 1) * .5f);
        float u = column - MathF.Floor(column), v = row - MathF.Floor(row);
        if (u < .08f || v < .16f)
            return _mortar * (.94f + (.12f * _each.At(x * 90, y * 90)));
        float shade = .8f + (.3f * _each.Corner((int)column, (int)row)) + (.14f * (_each.At(x * 70, y * 70) - .5f));
        return _brick * shade;
    }
}
