using System.Numerics;

namespace FrozenSeg.Evaluation.Scenes.Textures;

/// <summary>Blue that pales towards the ground, with soft clouds.</summary>
internal sealed class SkyTexture(SceneRandom random) : ITexture
{
    private readonly Vector3 _high = Tint.Near(new(92, 152, 224), random, 22),
        _low = Tint.Near(new(188, 216, 240), random, 16);
    private readonly ValueNoise _clouds = new((uint)random.Next());
    private readonly float _scale = random.Range(2, 4.5f), _cover = random.Range(.46f, .64f);

    public Vector3 At(float x, float y)
    {
        var sky = Vector3.Lerp(_high, _low, Math.Clamp(y * 1.2f, 0, 1));
        float cloud = (_clouds.Fractal(x * _scale, y * _scale * 2, 3) - _cover) * 4;
        return Vector3.Lerp(sky, new Vector3(250, 250, 252), Math.Clamp(cloud, 0, .9f));
    }
}
