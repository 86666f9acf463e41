namespace FrozenSeg.Evaluation.Scenes.Sprites;

/// <summary>An ellipse with upright axes.</summary>
internal sealed class Oval(float centreX, float centreY, float radiusX, float radiusY) : ISpriteShape
{
    private readonly float _scaleX = 1 / radiusX, _scaleY = 1 / radiusY;

    public bool Contains(float x, float y)
    {
        float u = (x - centreX) * _scaleX, v = (y - centreY) * _scaleY;
        return (u * u) + (v * v) <= 1;
    }
}
