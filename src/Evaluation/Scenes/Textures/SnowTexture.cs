using System.Numerics;

namespace FrozenSeg.Evaluation.Scenes.Textures;

/// <summary>White drifts with blue shadows and sparkles.</summary>
internal sealed class SnowTexture(SceneRandom random) : ITexture
{
    private readonly Vector3 _light = Tint.Near(new(246, 248, 252), random, 4),
        _shadow = Tint.Near(new(176, 198, 228), random, 14);
    private readonly ValueNoise _drifts = new((uint)random.Next());
    private readonly float _scale = random.Range(3, 6);

    public Vector3 At(float x, float y)
    {
        float drift = _drifts.Fractal(x * _scale, y * _scale * 1.8f, 2);
        bool sparkle = _drifts.Corner((int)(x * 120), (int)(y * 120)) > .985f;
        return sparkle
            ? new Vector3(255, 255, 255)
            : Vector3.Lerp(_shadow, _light, Math.Clamp((drift * 2.4f) - .55f, 0, 1));
    }
}
