using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Workflow;

/// <summary>What a stage gives: references, never pixels.</summary>
internal interface IStageOutput
{
    /// <summary>The artefacts that must still be there for the output to be of use.</summary>
    IEnumerable<ArtefactReference> Artefacts();
}
