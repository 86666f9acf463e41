namespace FrozenSeg.Shared.Artefacts;

/// <summary>Content that waits in memory, for stores that must know a name before they take content.</summary>
/// <param name="store">Where it will be kept.</param>
/// <param name="folder">What sort of artefact.</param>
/// <param name="content">The content.</param>
internal sealed class HeldArtefact(IArtefactStore store, string folder, byte[] content) : IStagedArtefact
{
    public ArtefactReference Reference { get; } = ArtefactReference.Of(
        ArtefactKey.OfContent(folder, content, ""), content);

    public Task KeepAsync(CancellationToken cancellation) =>
        store.PutAsync(ArtefactKey.Parse(Reference.Key), content, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
