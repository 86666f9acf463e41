namespace FrozenSeg.Evaluation.Scenes.Wording;

/// <summary>
/// Says of every thing what it alone is: with as few words as will do, and never with a colour it hardly shows.
/// </summary>
internal static class ReferringExpressions
{
    // Two things must be this far apart, in picture sides, before one is left of or above the other.
    private const double ClearlyApart = .12;

    /// <summary>At most one expression for each thing; none for a thing that no words single out.</summary>
    public static IEnumerable<ReferringExpression> Of(Scene scene)
    {
        SceneSegment[] things = [.. scene.Contents.Where(segment => segment.Category.IsThing)];
        foreach (SceneSegment thing in things)
        {
            if (ByAttributes(thing, things) is string attributes)
                yield return new ReferringExpression(thing, attributes, ReferringKind.Attribute);
            else if (ByRelation(thing, things, scene.Image.Width) is string relation)
                yield return new ReferringExpression(thing, relation, ReferringKind.Relation);
        }
    }

    private static string? ByAttributes(SceneSegment thing, SceneSegment[] things)
    {
        // Every other scene names more than it must, or nobody would ever say "the red heart" of a lone heart.
        int start = thing.Area % 2;
        string[] candidates =
        [
            Phrase(thing, false, false, false),
            Phrase(thing, false, true, false),
            Phrase(thing, false, false, true),
            Phrase(thing, true, false, false),
            Phrase(thing, false, true, true),
            Phrase(thing, true, true, true),
        ];
        return candidates.Skip(start).FirstOrDefault(phrase => things.Count(other => Fits(phrase, other)) == 1);
    }

    private static string? ByRelation(SceneSegment thing, SceneSegment[] things, int size)
    {
        string name = Phrase(thing, false, false, false);
        SceneSegment[] alike = [.. things.Where(other => other.Category == thing.Category && other != thing)];
        foreach (SceneSegment anchor in
            things.Where(other => things.Count(same => same.Category == other.Category) == 1))
        {
            foreach ((string words, Func<SceneSegment, double> ahead) in Directions(anchor, size))
            {
                if (ahead(thing) > ClearlyApart && alike.All(other => ahead(other) < 0))
                    return $"{name} {words} the {anchor.Category.Name}";
            }
        }

        (string Words, Func<SceneSegment, double> Value)[] ends =
        [
            ("on the left", s => -s.CentreX), ("on the right", s => s.CentreX), ("at the top", s => -s.CentreY), (
                "at the bottom", s => s.CentreY),
        ];
        return ends.Where(end => alike.All(other => end.Value(thing) - end.Value(other) > ClearlyApart * size))
            .Select(end => $"{name} {end.Words}").FirstOrDefault();
    }

    private static IEnumerable<(string Words, Func<SceneSegment, double> Ahead)> Directions(
        SceneSegment anchor, int size)
    {
        yield return ("left of", thing => (anchor.CentreX - thing.CentreX) / size);
        yield return ("right of", thing => (thing.CentreX - anchor.CentreX) / size);
        yield return ("above", thing => (anchor.CentreY - thing.CentreY) / size);
        yield return ("below", thing => (thing.CentreY - anchor.CentreY) / size);
    }

    /// <summary>A thing in words; a medium size and a plain pattern are not mentioned.</summary>
    public static string Phrase(SceneSegment thing, bool withSize, bool withColour, bool withPattern)
    {
        IEnumerable<string?> words =
        [
            "the",
            withSize && thing.Size is SceneSize.Small or SceneSize.Large && withSize ? Word(thing.Size) : null,
            withPattern && thing.Pattern is not ScenePattern.Plain ? Word(thing.Pattern) : null,
            withColour ? Word(thing.Colour) : null,
            thing.Category.Name,
        ];
        return string.Join(' ', words.Where(word => word is not null));
    }

    // A phrase fits whatever has at least its words.
    private static bool Fits(string phrase, SceneSegment thing)
    {
        string[] own = Phrase(thing, true, true, true).Split(' ');
        return phrase.Split(' ').All(word => own.Contains(word, StringComparer.Ordinal));
    }

    private static string? Word<T>(T? value)
        where T : struct, Enum => value?.ToString().ToLowerInvariant();
}
