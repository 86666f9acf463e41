namespace FrozenSeg.Serving.Http.Documents;

/// <summary>The vocabularies a request can name.</summary>
/// <param name="Vocabularies">The vocabularies.</param>
internal sealed record VocabulariesDocument(IReadOnlyList<VocabularyEntry> Vocabularies);
