using System.Security.Cryptography;
using System.Text;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Shared.Vocabularies;

/// <summary>
/// An ordered list of categories. A category's index is its position; results, label maps and classifiers use it.
/// Immutable.
/// </summary>
public sealed class Vocabulary
{
    /// <summary>Name of a list of the user's own.</summary>
    public const string CustomName = "custom";

    /// <param name="name">Its name, for instance <c>coco-133</c>; <c>custom</c> for a list of the user's own.</param>
    /// <param name="categories">At least one category.</param>
    /// <exception cref="ArgumentException">There are no categories, or one has no name.</exception>
    public Vocabulary(string name, IReadOnlyList<Category> categories)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentOutOfRangeException.ThrowIfZero(categories.Count, nameof(categories));
        if (categories.Any(category => category.Names.Count == 0))
            throw new ArgumentException("Every category has a name.", nameof(categories));
        Name = name;
        Categories = categories;
    }

    /// <summary>What the vocabulary is called.</summary>
    public string Name { get; }

    /// <summary>The categories, in the order of their indices.</summary>
    public IReadOnlyList<Category> Categories { get; }

    /// <summary>Number of categories.</summary>
    public int Count => Categories.Count;

    /// <summary>The category with this index.</summary>
    public Category this[int index] => Categories[index];

    /// <summary>
    /// SHA-256 over all names and kinds in order, lower-case hex: two vocabularies that classify alike have the same.
    /// </summary>
    public string ComputeFingerprint()
    {
        var text = new StringBuilder();
        foreach (Category category in Categories)
            text.Append(category.Kind).Append('\u001f').AppendJoin('\u001f', category.Names).Append('\u001e');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>
    /// Reads a list of the user's own: <c>cat, kitten; dog; grass (stuff)</c>. <c>;</c> separates categories, <c>,</c>
    /// names of one category, and <c>(stuff)</c> or <c>(thing)</c> at the end says its kind; without it it is a thing.
    /// </summary>
    /// <exception cref="SegmentationProblemException">The list is empty, too long, or holds empty, over-long or doubled
    /// names; all problems at once.</exception>
    public static Vocabulary Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return VocabularyParser.Parse(text, VocabularyLimits.Default);
    }

    /// <summary>
    /// A published vocabulary, for instance <c>coco-133</c>; <see cref="NamedVocabularies"/> lists them.
    /// </summary>
    /// <exception cref="SegmentationProblemException">There is none of that name.</exception>
    public static Vocabulary Named(string name)
    {
        NamedVocabulary named = NamedVocabularies.Find(name);
        return new Vocabulary(named.Name, named.Categories);
    }
}
