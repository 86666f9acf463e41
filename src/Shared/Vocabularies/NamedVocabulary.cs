namespace FrozenSeg.Shared.Vocabularies;

/// <summary>A published vocabulary that comes with the program, and where it is from.</summary>
/// <param name="Name">What it is called, for instance <c>coco-133</c>.</param>
/// <param name="Title">The dataset, in words.</param>
/// <param name="Origin">Where names, synonyms and kinds come from.</param>
/// <param name="Licence">Licence of the names' source.</param>
/// <param name="HasKinds">
/// Whether the dataset tells things from stuff. Where it does not, every class is stuff: it is meant for semantic
/// answers.
/// </param>
/// <param name="Categories">The classes with the dataset's ids, in the dataset's order.</param>
public sealed record NamedVocabulary(
    string Name, string Title, string Origin, string Licence, bool HasKinds, IReadOnlyList<Category> Categories)
{
    /// <summary>Number of countable classes.</summary>
    public int ThingCount => Categories.Count(category => category.Kind is CategoryKind.Thing);

    /// <summary>Names and synonyms of all classes.</summary>
    public int NameCount => Categories.Sum(category => category.Names.Count);
}
