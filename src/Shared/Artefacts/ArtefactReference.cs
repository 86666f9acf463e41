namespace FrozenSeg.Shared.Artefacts;

/// <summary>The claim check: what stages hand each other instead of content.</summary>
/// <param name="Key">The artefact's key as text.</param>
/// <param name="Length">Bytes.</param>
public sealed record ArtefactReference(string Key, long Length);
