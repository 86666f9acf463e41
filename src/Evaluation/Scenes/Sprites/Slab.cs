namespace FrozenSeg.Evaluation.Scenes.Sprites;

/// <summary>An upright rectangle with rounded corners.</summary>
internal sealed class Slab(float left, float top, float right, float bottom, float round = 0) : ISpriteShape
{
    public bool Contains(float x, float y)
    {
        if (x < left || x > right || y < top || y > bottom)
            return false;
        float u = Math.Max(left + round - x, x - right + round), v = Math.Max(top + round - y, y - bottom + round);
        return u <= 0 || v <= 0 || (u * u) + (v * v) <= round * round;
    }
}
