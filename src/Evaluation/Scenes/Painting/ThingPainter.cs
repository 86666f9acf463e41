using System.Numerics;
using FrozenSeg.Evaluation.Scenes.Sprites;

namespace FrozenSeg.Evaluation.Scenes.Painting;

/// <summary>
/// One thing in its place: turned, perhaps mirrored. Every pixel is looked at in four places, and belongs to the thing
/// when at least two of them do.
/// </summary>
internal sealed class ThingPainter
{
    private const int Samples = 4, Majority = 2;
    private const float MaxTurn = .45f, Shading = .2f, ShadowDepth = .3f;

    private static readonly (float X, float Y)[] Places = [(.25f, .25f), (.75f, .25f), (.25f, .75f), (.75f, .75f)];

    private readonly Vector3[] _colours;
    private readonly byte[] _counts;
    private readonly int _left, _top, _width, _height;
    private readonly float _radius;

    /// <summary>Draws <paramref name="plan"/> around a centre, both in picture sides.</summary>
    public ThingPainter(ThingPlan plan, Vector2 centre, int size, SceneRandom random)
    {
        _radius = plan.Radius * size;
        float x = centre.X * size, y = centre.Y * size, reach = _radius * 1.42f;
        _left = Math.Max(0, (int)(x - reach));
        _top = Math.Max(0, (int)(y - reach));
        _width = Math.Max(0, Math.Min(size, (int)(x + reach) + 1) - _left);
        _height = Math.Max(0, Math.Min(size, (int)(y + reach) + 1) - _top);
        _colours = new Vector3[_width * _height];
        _counts = new byte[_width * _height];
        Draw(plan, x, y, random);
    }

    /// <summary>Pixels of the thing inside the picture, hidden ones counted.</summary>
    public int CountPixels() => _counts.Count(count => count >= Majority);

    /// <summary>Share of a thing's square that lies inside the picture.</summary>
    public static float ShareInside(ThingPlan plan, Vector2 centre)
    {
        float width = Math.Min(1, centre.X + plan.Radius) - Math.Max(0, centre.X - plan.Radius);
        float height = Math.Min(1, centre.Y + plan.Radius) - Math.Max(0, centre.Y - plan.Radius);
        return Math.Max(0, width) * Math.Max(0, height) / (4 * plan.Radius * plan.Radius);
    }

    /// <summary>Pixels that the thing takes from each of <paramref name="owners"/> owners.</summary>
    public int[] Hides(SceneCanvas canvas, int owners)
    {
        int[] hidden = new int[owners];
        for (int at = 0; at < _counts.Length; at++)
        {
            if (_counts[at] >= Majority)
                hidden[canvas.Owners[CanvasIndex(canvas, at)]]++;
        }

        return hidden;
    }

    /// <summary>Puts the thing on the canvas with its shadow, as owner <paramref name="owner"/>.</summary>
    public void Paint(SceneCanvas canvas, int owner, Vector2 light)
    {
        CastShadow(canvas, light);
        for (int at = 0; at < _counts.Length; at++)
        {
            if (_counts[at] == 0)
                continue;
            int x = _left + (at % _width), y = _top + (at / _width);
            canvas[x, y] = (((Samples - _counts[at]) * canvas[x, y]) + _colours[at]) / Samples;
            if (_counts[at] >= Majority)
                canvas.Owners[CanvasIndex(canvas, at)] = owner;
        }
    }

    private void Draw(ThingPlan plan, float x, float y, SceneRandom random)
    {
        Sprite sprite = SpriteLibrary.Of(plan.Category);
        var paint = new BodyPaint(plan, random);
        float turn = random.Range(-MaxTurn, MaxTurn), mirror = random.Chance(.5) ? -1 : 1, shade = random.Range(-1, 1);
        float cos = MathF.Cos(turn) / _radius, sin = MathF.Sin(turn) / _radius;
        for (int row = 0, at = 0; row < _height; row++)
        {
            for (int column = 0; column < _width; column++, at++)
            {
                foreach ((float placeX, float placeY) in Places)
                {
                    float dx = _left + column + placeX - x, dy = _top + row + placeY - y;
                    float u = ((dx * cos) + (dy * sin)) * mirror, v = (dy * cos) - (dx * sin);
                    if (u is < -1 or > 1 || v is < -1 or > 1 || sprite.PartAt(u, v) is not { } part)
                        continue;
                    _counts[at]++;
                    _colours[at] += paint.At(part, u, v) * (1 + (Shading * ((shade * dx) - dy) / (2 * _radius)));
                }
            }
        }
    }

    private void CastShadow(SceneCanvas canvas, Vector2 light)
    {
        int moveX = (int)(light.X * _radius), moveY = (int)(light.Y * _radius);
        for (int at = 0; at < _counts.Length; at++)
        {
            int x = _left + (at % _width) + moveX, y = _top + (at / _width) + moveY;
            if (x >= 0 && x < canvas.Size && y >= 0 && y < canvas.Size)
                canvas[x, y] *= 1 - (ShadowDepth * _counts[at] / Samples);
        }
    }

    private int CanvasIndex(SceneCanvas canvas, int at) =>
        ((_top + (at / _width)) * canvas.Size) + _left + (at % _width);
}
