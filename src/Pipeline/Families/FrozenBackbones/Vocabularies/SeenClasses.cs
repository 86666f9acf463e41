using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Vocabularies;

/// <summary>
/// Which classes of a vocabulary the decoder was trained on: those that share a name with a training class, letter by
/// letter.
/// </summary>
internal static class SeenClasses
{
    /// <summary>Whether each class was seen.</summary>
    /// <param name="categories">The classes.</param>
    /// <param name="training">The classes of the training set.</param>
    /// <param name="thingsOnly">
    /// Whether only the training set's things count, as for data sets without stuff (frozenseg.md 3).
    /// </param>
    public static bool[] Of(IReadOnlyList<Category> categories, IReadOnlyList<Category> training, bool thingsOnly)
    {
        HashSet<string> names = new(
            training.Where(category => !thingsOnly || category.Kind is CategoryKind.Thing).SelectMany(
                category => category.Names),
            StringComparer.Ordinal);
        return [.. categories.Select(category => category.Names.Any(names.Contains))];
    }
}
