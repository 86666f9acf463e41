namespace FrozenSeg.Evaluation.Scenes.Sprites;

/// <summary>A polygon, by the even-odd rule.</summary>
internal sealed class PolygonShape(params (float X, float Y)[] corners) : ISpriteShape
{
    /// <summary>A star with its first tip up.</summary>
    public static PolygonShape Star(int tips, float outer, float inner) => new(
        [.. Enumerable.Range(0, 2 * tips).Select(corner =>
        {
            float angle = (MathF.PI * corner / tips) - (MathF.PI / 2), radius = corner % 2 == 0 ? outer : inner;
            return (radius * MathF.Cos(angle), radius * MathF.Sin(angle));
        })]);

    public bool Contains(float x, float y)
    {
        bool inside = false;
        (float X, float Y) last = corners[^1];
        foreach ((float X, float Y) corner in corners)
        {
            if (corner.Y > y != last.Y > y
                && x < ((last.X - corner.X) * (y - corner.Y) / (last.Y - corner.Y)) + corner.X)
                inside = !inside;
            last = corner;
        }

        return inside;
    }
}
