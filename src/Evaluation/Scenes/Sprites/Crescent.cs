namespace FrozenSeg.Evaluation.Scenes.Sprites;

/// <summary>One circle without another.</summary>
internal sealed class Crescent(float radius, float biteX, float biteY, float biteRadius) : ISpriteShape
{
    public bool Contains(float x, float y)
    {
        float u = x - biteX, v = y - biteY;
        return (x * x) + (y * y) <= radius * radius && (u * u) + (v * v) > biteRadius * biteRadius;
    }
}
