namespace FrozenSeg.Shared.Vocabularies;

/// <summary>One class of a vocabulary.</summary>
/// <param name="Id">Number the dataset gives it; for a vocabulary of the user's own its position.</param>
/// <param name="Names">Its names, at least one; the first is shown, all are looked for.</param>
/// <param name="Kind">Thing or stuff.</param>
public sealed record Category(int Id, IReadOnlyList<string> Names, CategoryKind Kind)
{
    /// <summary>The name that is shown.</summary>
    public string Name => Names[0];
}
