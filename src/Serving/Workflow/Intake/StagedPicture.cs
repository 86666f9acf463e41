using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Workflow.Intake;

/// <summary>A picture that came with a request, and is kept when the request is accepted.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Content">The file.</param>
internal sealed record StagedPicture(string Name, IStagedArtefact Content);
