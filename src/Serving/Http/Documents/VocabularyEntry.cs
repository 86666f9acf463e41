namespace FrozenSeg.Serving.Http.Documents;

/// <summary>A named vocabulary.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Categories">How many categories it has.</param>
internal sealed record VocabularyEntry(string Name, int Categories);
