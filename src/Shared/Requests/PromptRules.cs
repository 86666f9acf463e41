using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Shared.Requests;

/// <summary>Everything wrong with the prompts of a request.</summary>
internal static class PromptRules
{
    private const int MostProblems = 10, MaxIdLength = 100;

    public static IEnumerable<SegmentationProblem> Problems(
        IReadOnlyList<SegmentationPrompt> prompts, RequestRules rules)
    {
        SegmentationProblem[] missing = [.. Nulls(prompts).Take(MostProblems)];
        if (missing.Length > 0)
            return missing;
        long names = prompts.Sum(prompt => 1L + prompt.Synonyms.Count);
        if (names > rules.MaxPrompts)
            return [new SegmentationProblem(
                "prompts",
                $"there are {names:N0} prompts and synonyms; {rules.MaxPrompts:N0} are allowed",
                "Split the request")];
        return [.. DoubledIds(prompts).Concat(Each(prompts, rules)).Take(MostProblems)];
    }

    private static IEnumerable<SegmentationProblem> Nulls(IReadOnlyList<SegmentationPrompt?> prompts)
    {
        for (int i = 0; i < prompts.Count; i++)
        {
            if (prompts[i] is not SegmentationPrompt { Text: not null, Synonyms: not null } prompt)
            {
                yield return new($"prompts[{i}]", "it is null", "Leave it out");
                continue;
            }

            for (int j = 0; j < prompt.Synonyms.Count; j++)
            {
                if (prompt.Synonyms[j] is null)
                    yield return new($"prompts[{i}].synonyms[{j}]", "it is null", "Leave it out");
            }
        }
    }

    private static IEnumerable<SegmentationProblem> DoubledIds(IReadOnlyList<SegmentationPrompt> prompts) =>
        prompts.Where(prompt => prompt.Id is not null)
            .GroupBy(prompt => prompt.Id!, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => new SegmentationProblem(
                "prompts",
                $"the id '{Shorten(group.Key)}' is given {group.Count()} times",
                "Give each prompt an id of its own"));

    private static IEnumerable<SegmentationProblem> Each(IReadOnlyList<SegmentationPrompt> prompts, RequestRules rules)
    {
        var owners = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < prompts.Count; i++)
        {
            SegmentationPrompt prompt = prompts[i];
            string where = $"prompts[{i}]";
            if (prompt.Id is { } id && (id.Length is 0 or > MaxIdLength || ProblemText.Clean(id, MaxIdLength) != id))
                yield return new(
                    $"{where}.id", "it is empty, longer than 100 characters or unprintable", "Use a short id");
            if (prompt.Threshold is double threshold && !(threshold is >= 0 and <= 1))
                yield return new($"{where}.threshold", $"{threshold} is out of range", "Use 0 to 1");
            if (!Enum.IsDefined(prompt.Kind))
                yield return new($"{where}.kind", $"there is no kind {(int)prompt.Kind}", "Use thing or stuff");
            foreach (string name in (string[])[prompt.Text, .. prompt.Synonyms])
            {
                if (!name.Any(char.IsLetterOrDigit))
                    yield return new(
                        where, $"'{Shorten(name)}' has neither a letter nor a digit", "Name what to look for");
                else if (PlainText.Forbidden(name) is string forbidden)
                    yield return new(where, $"it holds the unprintable character {forbidden}", "Take it out");
                else if (name.Length > rules.MaxPromptLength)
                    yield return new(
                        where,
                        $"'{Shorten(name)}' has {name.Length:N0} characters; {rules.MaxPromptLength} are allowed",
                        "Use fewer words");
                else if (!owners.TryAdd(name.Trim(), i))
                    yield return new(
                        where,
                        $"'{Shorten(name)}' is named in prompts {owners[name.Trim()] + 1} and {i + 1}",
                        "Name it once");
            }
        }
    }

    private static string Shorten(string text) => ProblemText.Clean(text, 40);
}
