using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>Input of <see cref="StageNames.Aggregate"/>.</summary>
/// <param name="Request">The request, expanded if it was to be.</param>
/// <param name="Outcomes">What each method found.</param>
internal sealed record AggregateInput(ArtefactReference Request, IReadOnlyList<MethodOutput> Outcomes);
