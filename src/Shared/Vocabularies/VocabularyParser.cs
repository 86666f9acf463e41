using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Shared.Vocabularies;

/// <summary>Reads vocabularies that people write by hand.</summary>
internal static class VocabularyParser
{
    private const string Where = "vocabulary";
    private const int MostProblems = 10;

    public static Vocabulary Parse(string text, VocabularyLimits limits)
    {
        string[] entries = PlainText.Unfolded(text).Split(';', StringSplitOptions.TrimEntries);
        // A separator at the end is a habit, not a mistake.
        if (entries.Length > 1 && entries[^1].Length == 0)
            entries = entries[..^1];
        if (entries.Length > limits.MaxCategories)
            throw SegmentationProblem.InvalidRequest(
                Where, $"it has {entries.Length:N0} categories; {limits.MaxCategories:N0} are allowed", "Split it");

        Category[] categories = [.. entries.Select(ParseCategory)];
        int names = categories.Sum(category => category.Names.Count);
        if (names > limits.MaxNames)
            throw SegmentationProblem.InvalidRequest(
                Where, $"it has {names:N0} names; {limits.MaxNames:N0} are allowed", "Leave synonyms out");
        SegmentationProblem[] problems = [.. Problems(categories, limits).Take(MostProblems)];
        return problems.Length == 0
            ? new Vocabulary(Vocabulary.CustomName, categories)
            : throw new SegmentationProblemException(problems);
    }

    public static Category ParseCategory(string entry, int index)
    {
        entry = PlainText.Unfolded(entry);
        CategoryKind kind = CategoryKind.Thing;
        foreach (CategoryKind candidate in Enum.GetValues<CategoryKind>())
        {
            string mark = $"({candidate})";
            if (!entry.EndsWith(mark, StringComparison.OrdinalIgnoreCase))
                continue;
            kind = candidate;
            entry = entry[..^mark.Length].TrimEnd();
        }

        return new Category(index, entry.Split(',', StringSplitOptions.TrimEntries), kind);
    }

    private static IEnumerable<SegmentationProblem> Problems(Category[] categories, VocabularyLimits limits)
    {
        var owners = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int index = 0; index < categories.Length; index++)
        {
            foreach (string name in categories[index].Names)
            {
                if (!name.Any(char.IsLetterOrDigit))
                {
                    yield return new(
                        Where,
                        $"category {index + 1} has the name '{Shorten(name)}', which has neither a letter nor a digit",
                        "Name what to look for");
                }
                else if (PlainText.Forbidden(name) is string forbidden)
                {
                    yield return new(
                        Where,
                        $"category {index + 1} has a name with the unprintable character {forbidden}",
                        "Take it out");
                }
                else if (name.Length > limits.MaxNameLength)
                {
                    yield return new(
                        Where,
                        $"'{Shorten(name)}' has {name.Length:N0} characters; {limits.MaxNameLength} are allowed",
                        "Use fewer words");
                }
                else if (!owners.TryAdd(name, index))
                {
                    yield return new(
                        Where,
                        $"'{Shorten(name)}' is named in categories {owners[name] + 1} and {index + 1}", "Name it once");
                }
            }
        }
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
