using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.Sam3.Concepts;

/// <summary>The phrases of a vocabulary, and what is wrong with them.</summary>
internal static class ConceptPhrases
{
    /// <summary>Every name of every class.</summary>
    /// <exception cref="SegmentationProblemException">Nothing is left of a phrase once it is cleaned.</exception>
    public static IReadOnlyList<ConceptPhrase> Of(Vocabulary vocabulary, Func<string, TokenizedText> tokenize)
    {
        ConceptPhrase[] phrases =
        [
            .. vocabulary.Categories.SelectMany(
                (category, i) => category.Names.Select(name => new ConceptPhrase(i, tokenize(name)))),
        ];
        SegmentationProblem[] problems =
        [
            .. phrases.Where(phrase => phrase.Tokens.IsEmpty).Select(phrase => new SegmentationProblem(
                "prompts",
                $"'{phrase.Tokens.Text}' holds nothing that SAM 3 reads",
                "Name what to look for")),
        ];
        return problems.Length == 0 ? phrases : throw new SegmentationProblemException(problems);
    }

    /// <summary>Says of phrases that are too long what is not read of them.</summary>
    public static IEnumerable<string> Truncations(
        IEnumerable<ConceptPhrase> phrases, Func<string, TokenizedText> tokenize)
    {
        foreach (TokenizedText tokens in phrases.Select(phrase => phrase.Tokens).Where(tokens => tokens.IsTruncated))
        {
            string[] words = tokens.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            int read = words.Length - 1;
            while (read > 0 && tokenize(string.Join(' ', words[..read])).IsTruncated)
                read--;
            string cut = string.Join(' ', words[read..]);
            yield return $"SAM 3 reads {tokens.Ids.Count} tokens of a phrase and not '{cut}', which ends one of "
                + $"{tokens.FullLength}";
        }
    }
}
