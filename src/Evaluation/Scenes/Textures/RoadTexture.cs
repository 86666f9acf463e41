using System.Numerics;

namespace FrozenSeg.Evaluation.Scenes.Textures;

/// <summary>Dark asphalt with grit and a broken white line.</summary>
internal sealed class RoadTexture(SceneRandom random) : ITexture
{
    private readonly Vector3 _asphalt = Tint.Near(new(84, 84, 90), random, 10);
    private readonly ValueNoise _grit = new((uint)random.Next());
    private readonly float _line = random.Range(.15f, .3f), _dashes = random.Range(3, 6),
        _tilt = random.Range(-.3f, .3f);
    private readonly float _start = random.Range(0, 1);

    public Vector3 At(float x, float y)
    {
        float across = ((y + (_tilt * x) + _start) / _line * .5f) % 1,
            along = ((x - (_tilt * y)) * _dashes) + (_start * 7);
        bool painted = MathF.Abs(across) < .07f && along - MathF.Floor(along) < .6f;
        float grit = _grit.Corner((int)(x * 128), (int)(y * 128)) - .5f;
        return (painted ? new Vector3(226, 224, 214) : _asphalt)
            * (1 + (.26f * grit) + (.2f * (_grit.Fractal(x * 5, y * 5, 2) - .5f)));
    }
}
