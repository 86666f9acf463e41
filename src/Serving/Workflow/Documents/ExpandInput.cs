using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>Input of <see cref="StageNames.ExpandPrompts"/>.</summary>
/// <param name="Request">The request.</param>
/// <param name="Image">The picture, which the language model may see if the request says so.</param>
internal sealed record ExpandInput(ArtefactReference Request, ArtefactReference Image);
