namespace FrozenSeg.Shared.Vocabularies;

/// <summary>How large a vocabulary of the user's own may be.</summary>
internal sealed record VocabularyLimits
{
    /// <summary>The limits of the service.</summary>
    public static VocabularyLimits Default { get; } = new();

    /// <summary>Most categories. Default: 10,000.</summary>
    public int MaxCategories { get; init; } = 10_000;

    /// <summary>Most names, synonyms included; 10,000. Each is encoded with every prompt template.</summary>
    public int MaxNames { get; init; } = 10_000;

    /// <summary>Longest name, characters; 500. A text encoder reads about 70 words.</summary>
    public int MaxNameLength { get; init; } = 500;
}
