using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Shared.Vocabularies;

/// <summary>The published vocabularies, by name. Each is read when it is first asked for.</summary>
public static class NamedVocabularies
{
    private static readonly Dictionary<string, Lazy<NamedVocabulary>> ByName = new[]
    {
        "coco-133", "coco-stuff-171", "ade-150", "ade-847", "pc-59", "pc-459", "voc-20", "voc-21",
        "cityscapes", "mapillary", "bdd100k", "bdd100k-19", "lvis-1203",
    }.ToDictionary(name => name, name => new Lazy<NamedVocabulary>(() => VocabularyTable.Read(name)));

    /// <summary>Every name.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>Every vocabulary.</summary>
    public static IEnumerable<NamedVocabulary> All => ByName.Values.Select(vocabulary => vocabulary.Value);

    /// <summary>The vocabulary called <paramref name="name"/>; case, hyphens and underscores do not matter.</summary>
    /// <exception cref="SegmentationProblemException">There is none; the message lists what there is.</exception>
    public static NamedVocabulary Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string plain = Plain(name);
        foreach ((string known, Lazy<NamedVocabulary> vocabulary) in ByName)
        {
            if (Plain(known) == plain)
                return vocabulary.Value;
        }

        throw SegmentationProblem.InvalidRequest(
            "vocabulary",
            $"there is no vocabulary '{(name.Length <= 40 ? name : name[..40] + "…")}'",
            $"Use one of {string.Join(", ", Names)}, or prompts of your own");
    }

    private static string Plain(string name) =>
        new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
