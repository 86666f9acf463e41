using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;

/// <summary>The queries of CaR: one text a category.</summary>
internal static class CarQueries
{
    private const int MostProblems = 10, MostShown = 60;

    /// <summary>The text of a category: its names one after the other, as CaR's own lists have them.</summary>
    public static string TextOf(Category category) => string.Join(",", category.Names);

    /// <summary>What trace and segments call a query.</summary>
    public static string IdOf(int index) => $"q{index + 1}";

    /// <summary>
    /// The texts of a vocabulary, checked: none is empty once cleaned, no two are the same to the encoder, and there
    /// are not too many.
    /// </summary>
    /// <exception cref="SegmentationProblemException">Some queries cannot be looked for; all of them are
    /// named.</exception>
    public static IReadOnlyList<string> Of(Vocabulary vocabulary, ClipTextEmbeddings encoder, CarOptions options)
    {
        if (vocabulary.Count > options.MaxQueries)
        {
            throw SegmentationProblem.InvalidRequest(
                "prompts",
                $"there are {vocabulary.Count:N0} queries; CLIP looks at the picture once for each, and "
                    + $"{options.MaxQueries:N0} are allowed",
                "Use fewer, or raise the setting max_queries");
        }

        string[] texts = [.. vocabulary.Categories.Select(TextOf)];
        SegmentationProblem[] problems = [.. Problems(texts, encoder).Take(MostProblems)];
        return problems.Length == 0 ? texts : throw new SegmentationProblemException(problems);
    }

    /// <summary>What to tell about texts of which only the beginning is looked at.</summary>
    public static IEnumerable<string> Truncations(
        IReadOnlyList<string> texts, ClipTextEmbeddings encoder, IEnumerable<string> templates)
    {
        string longest = templates.MaxBy(template => encoder.Tokenize(template).FullLength) ?? PromptTemplates.Plain;
        foreach (string text in texts)
        {
            TokenizedText tokens = encoder.Tokenize(PromptTemplates.Wrap(longest, text));
            if (tokens.IsTruncated)
            {
                yield return $"'{Shorten(text)}' has {tokens.FullLength} tokens with its template; CLIP reads the "
                    + $"first {tokens.Ids.Count}";
            }
        }
    }

    private static IEnumerable<SegmentationProblem> Problems(string[] texts, ClipTextEmbeddings encoder)
    {
        var seen = new Dictionary<string, int>();
        for (int i = 0; i < texts.Length; i++)
        {
            TokenizedText tokens = encoder.Tokenize(texts[i]);
            if (tokens.IsEmpty)
                yield return new(
                    "prompts",
                    $"query {i + 1}, '{Shorten(texts[i])}', holds nothing that CLIP reads",
                    "Name what to look for");
            else if (!seen.TryAdd(string.Join(' ', tokens.Ids), i))
                yield return new(
                    "prompts",
                    $"query {i + 1}, '{Shorten(texts[i])}', reads the same as query "
                        + $"{seen[string.Join(' ', tokens.Ids)] + 1}", "Name it once");
        }
    }

    private static string Shorten(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";
}
