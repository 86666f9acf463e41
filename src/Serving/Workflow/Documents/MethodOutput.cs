using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>
/// What a stage that runs a method gives, and what <see cref="StageNames.Aggregate"/> makes of several.
/// </summary>
/// <param name="Method">The method.</param>
/// <param name="Outcome">What it found, as <see cref="OutcomeDocument"/>.</param>
/// <param name="Segments">How many segments.</param>
internal sealed record MethodOutput(string Method, ArtefactReference Outcome, int Segments) : IStageOutput
{
    /// <inheritdoc/>
    public IEnumerable<ArtefactReference> Artefacts() => [Outcome];
}
