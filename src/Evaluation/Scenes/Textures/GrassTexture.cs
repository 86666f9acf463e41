using System.Numerics;

namespace FrozenSeg.Evaluation.Scenes.Textures;

/// <summary>Greens in upright blades.</summary>
internal sealed class GrassTexture(SceneRandom random) : ITexture
{
    private readonly Vector3 _dark = Tint.Near(new(52, 104, 38), random, 14),
        _light = Tint.Near(new(134, 180, 66), random, 18);
    private readonly ValueNoise _blades = new((uint)random.Next());
    private readonly float _fine = random.Range(50, 80), _lean = random.Range(-.35f, .35f);

    public Vector3 At(float x, float y)
    {
        float blade = _blades.At((x + (_lean * y)) * _fine, y * _fine * .3f), patch = _blades.Fractal(x * 4, y * 4, 2);
        return Vector3.Lerp(_dark, _light, Math.Clamp((.75f * blade) + (.5f * patch) - .14f, 0, 1));
    }
}
