using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Workflow.Documents;

/// <summary>What <see cref="StageNames.Prepare"/> gives: the picture, stored and looked at.</summary>
/// <param name="Image">The file as it came.</param>
/// <param name="Description">Name, upright size, hash and orientation.</param>
internal sealed record PreparedPicture(ArtefactReference Image, ResultImage Description) : IStageOutput
{
    /// <inheritdoc/>
    public IEnumerable<ArtefactReference> Artefacts() => [Image];
}
