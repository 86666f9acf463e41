using System.Numerics;

namespace FrozenSeg.Evaluation.Scenes.Textures;

/// <summary>Deep blue green with bright crests of waves.</summary>
internal sealed class WaterTexture(SceneRandom random) : ITexture
{
    private readonly Vector3 _deep = Tint.Near(new(30, 92, 128), random, 16),
        _crest = Tint.Near(new(126, 190, 204), random, 16);
    private readonly ValueNoise _swell = new((uint)random.Next());
    private readonly float _waves = random.Range(60, 110), _bend = random.Range(.04f, .1f), _phase = random.Range(0, 6);

    public Vector3 At(float x, float y)
    {
        float bent = y + (_bend * _swell.Fractal(x * 6, y * 5, 2));
        float wave = MathF.Sin((bent * _waves) + _phase) + (.8f * (_swell.At(x * 14, y * 30) - .5f));
        return Vector3.Lerp(_deep, _crest, Math.Clamp((wave * .5f) + .22f, 0, 1));
    }
}
