using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Shared.Results;

/// <summary>One class of the vocabulary a result uses; its position is the value in <c>semantic.png</c>.</summary>
/// <param name="Id">The dataset's number.</param>
/// <param name="Name">Shown name.</param>
/// <param name="Names">All names that were looked for.</param>
/// <param name="IsThing">Whether its members are counted.</param>
public sealed record ResultCategory(int Id, string Name, IReadOnlyList<string> Names, bool IsThing)
{
    /// <summary>The document form of a category.</summary>
    public static ResultCategory From(Category category) =>
        new(category.Id, category.Name, category.Names, category.Kind is CategoryKind.Thing);
}
