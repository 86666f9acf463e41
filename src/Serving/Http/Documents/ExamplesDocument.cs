namespace FrozenSeg.Serving.Http.Documents;

/// <summary>Pictures to try the service with.</summary>
/// <param name="Examples">The examples.</param>
internal sealed record ExamplesDocument(IReadOnlyList<ExampleDocument> Examples);
