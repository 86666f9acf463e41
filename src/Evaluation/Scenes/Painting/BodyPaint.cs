using System.Numerics;
using FrozenSeg.Evaluation.Scenes.Sprites;

namespace FrozenSeg.Evaluation.Scenes.Painting;

/// <summary>Colours of a thing's parts: its pattern, and light from one side.</summary>
internal sealed class BodyPaint(ThingPlan plan, SceneRandom random)
{
    private const float Dark = .68f, Light = .45f;

    private readonly Vector3 _on = SceneColours.PatternOn(plan.Body);
    private readonly float _angle = random.Range(-.9f, .9f), _pitch = random.Range(.3f, .42f),
        _phase = random.Range(0, 1);

    /// <summary>The colour of a part at a place of the sprite's square.</summary>
    public Vector3 At(SpritePart part, float x, float y) => part.Paint switch
    {
        SpritePaint.Body => IsMarked(x, y) ? _on : plan.Body,
        SpritePaint.BodyDark => plan.Body * Dark,
        SpritePaint.BodyLight => Vector3.Lerp(plan.Body, new Vector3(255), Light),
        _ => part.Colour,
    };

    private bool IsMarked(float x, float y)
    {
        if (plan.Pattern is ScenePattern.Plain)
            return false;
        float u = Turned(x, y) + _phase, v = Turned(y, -x) + _phase;
        return plan.Pattern switch
        {
            ScenePattern.Striped => Fraction(u) < .45f,
            ScenePattern.Spotted => Square(Fraction(u) - .5f) + Square(Fraction(v) - .5f) < .085f,
            _ => Fraction(u * .8f) < .5f != Fraction(v * .8f) < .5f,
        };
    }

    private float Turned(float x, float y) => ((x * MathF.Cos(_angle)) + (y * MathF.Sin(_angle))) / _pitch;

    private static float Fraction(float value) => value - MathF.Floor(value);

    private static float Square(float value) => value * value;
}
