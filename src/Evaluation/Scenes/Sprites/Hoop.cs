namespace FrozenSeg.Evaluation.Scenes.Sprites;

/// <summary>
/// A ring between two circles, or the part of it between two angles (radians, clockwise from the right).
/// </summary>
internal sealed class Hoop(
    float centreX, float centreY, float outer, float inner, float from = -MathF.PI, float to = MathF.PI) : ISpriteShape
{
    private readonly bool _whole = to - from >= 2 * MathF.PI;

    public bool Contains(float x, float y)
    {
        float u = x - centreX, v = y - centreY, square = (u * u) + (v * v);
        if (square > outer * outer || square < inner * inner)
            return false;
        if (_whole)
            return true;
        float angle = MathF.Atan2(v, u);
        return angle >= from && angle <= to;
    }
}
