using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Shared.Requests;

/// <summary>Everything wrong with the prompts of a request.</summary>
internal static class PromptRules
{
    private const int MostProblems = 10, MaxIdLength = 100;

    public static IEnumerable<SegmentationProblem> Problems(IReadOnlyList<SegmentationPrompt> prompts, RequestRules rules)
    {
        if (prompts.Count > rules.MaxPrompts)
            return [Problem("prompts", $"there are {prompts.Count:N0} of them; {rules.MaxPrompts:N0} are allowed", "Split the request")];
        return [.. DoubledIds(prompts).Concat(Each(prompts, rules)).Take(MostProblems)];
    }

    private static IEnumerable<SegmentationProblem> DoubledIds(IReadOnlyList<SegmentationPrompt> prompts) =>
        prompts.Where(prompt => prompt.Id is not null)
            .GroupBy(prompt => prompt.Id!, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => Problem("prompts", $"the id '{Shorten(group.Key)}' is given {group.Count()} times", "Give each prompt an id of its own"));

    private static IEnumerable<SegmentationProblem> Each(IReadOnlyList<SegmentationPrompt> prompts, RequestRules rules)
    {
        var owners = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < prompts.Count; i++)
        {
            SegmentationPrompt prompt = prompts[i];
            string where = $"prompts[{i}]";
            if (prompt.Id is { } id && (id.Length is 0 or > MaxIdLength || id.Any(char.IsControl)))
                yield return Problem($"{where}.id", "it is empty, longer than 100 characters or unprintable", "Use a short id");
            if (prompt.Threshold is double threshold && !(threshold is >= 0 and <= 1))
                yield return Problem($"{where}.threshold", $"{threshold} is out of range", "Use 0 to 1");
            foreach (string name in (string[])[prompt.Text, .. prompt.Synonyms])
            {
                if (!name.Any(char.IsLetterOrDigit))
                    yield return Problem(where, $"'{Shorten(name)}' has neither a letter nor a digit", "Name what to look for");
                else if (name.Length > rules.MaxPromptLength)
                    yield return Problem(where, $"'{Shorten(name)}' has {name.Length:N0} characters; {rules.MaxPromptLength} are allowed", "Use fewer words");
                else if (!owners.TryAdd(name.Trim(), i))
                    yield return Problem(where, $"'{Shorten(name)}' is named in prompts {owners[name.Trim()] + 1} and {i + 1}", "Name it once");
            }
        }
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static SegmentationProblem Problem(string where, string found, string remedy) =>
        new(ProblemKind.InvalidRequest, where, found, remedy);
}
