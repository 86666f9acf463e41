using System.Numerics;

namespace FrozenSeg.Evaluation.Scenes.Textures;

/// <summary>Warm grains over slow ripples.</summary>
internal sealed class SandTexture(SceneRandom random) : ITexture
{
    private readonly Vector3 _base = Tint.Near(new(222, 190, 132), random, 14);
    private readonly ValueNoise _grains = new((uint)random.Next());
    private readonly float _ripples = random.Range(22, 40), _bend = random.Range(.1f, .25f);

    public Vector3 At(float x, float y)
    {
        float grain = _grains.Corner((int)(x * 140), (int)(y * 140)) - .5f;
        float ripple = MathF.Sin((y + (_bend * _grains.Fractal(x * 3, y * 3, 2))) * _ripples);
        return _base * (1 + (.16f * grain) + (.06f * ripple));
    }
}
