using System.Numerics;
using FrozenSeg.Evaluation.Scenes.Textures;

namespace FrozenSeg.Evaluation.Scenes;

/// <summary>A thing before it is painted.</summary>
internal sealed record ThingPlan(SceneCategory Category, SceneColour Colour, ScenePattern Pattern, SceneSize Size)
{
    private const float SmallEnd = 18f / 128, LargeStart = 24f / 128, Smallest = 13f / 128, Largest = 31f / 128;

    /// <summary>Half the sprite's side; one picture side is 1.</summary>
    public float Radius { get; private init; }

    /// <summary>The body's colour, with a little variation.</summary>
    public Vector3 Body { get; private init; }

    /// <summary>A thing of <paramref name="category"/>.</summary>
    public static ThingPlan Draw(SceneCategory category, SceneOptions options, SceneRandom random)
    {
        SceneColour colour = DrawColour(category, options, random);
        float radius = random.Range(Smallest, Largest);
        return new ThingPlan(category, colour, DrawPattern(options, random), SizeOf(radius))
        {
            Radius = radius,
            Body = Tint.Near(SceneColours.Of(colour), random, 14),
        };
    }

    private static SceneSize SizeOf(float radius) =>
        radius < SmallEnd ? SceneSize.Small : radius < LargeStart ? SceneSize.Medium : SceneSize.Large;

    private static SceneColour DrawColour(SceneCategory category, SceneOptions options, SceneRandom random)
    {
        if (!random.Chance(options.FreeColour))
            return category.TypicalColour!.Value;
        bool unseenAllowed = options.Split is not SceneSplit.Train;
        if (unseenAllowed && random.Chance(1 / 3.0))
            return category.UnseenColour!.Value;
        SceneColour colour;
        do
        {
            colour = (SceneColour)random.Below(Enum.GetValues<SceneColour>().Length);
        }
        while (colour == category.UnseenColour);
        return colour;
    }

    private static ScenePattern DrawPattern(SceneOptions options, SceneRandom random) =>
        random.Chance(options.Patterned) ? (ScenePattern)(1 + random.Below(3)) : ScenePattern.Plain;
}
