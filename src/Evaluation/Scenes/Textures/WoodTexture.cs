using System.Numerics;

namespace FrozenSeg.Evaluation.Scenes.Textures;

/// <summary>Planks side by side, each with its own shade and grain.</summary>
internal sealed class WoodTexture(SceneRandom random) : ITexture
{
    private readonly Vector3 _plank = Tint.Near(new(170, 118, 68), random, 16);
    private readonly ValueNoise _grain = new((uint)random.Next());
    private readonly float _planks = random.Range(5, 9), _rings = random.Range(3, 6);
    private readonly bool _upright = random.Chance(.5);

    public Vector3 At(float x, float y)
    {
        (float across, float along) = _upright ? (x, y) : (y, x);
        float plank = across * _planks, inside = plank - MathF.Floor(plank);
        if (inside < .07f)
            return _plank * .45f;
        float own = _grain.Corner((int)plank, 7);
        float ring = MathF.Sin(
            ((inside * _rings) + (2.2f * _grain.Fractal((along * 3) + (own * 40), inside + (own * 9), 2))) * 6.2f);
        return _plank * (.86f + (.24f * own) + (.1f * ring));
    }
}
