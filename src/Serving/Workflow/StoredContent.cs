using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Workflow;

/// <summary>Content of a store, compared with what was kept.</summary>
internal static class StoredContent
{
    /// <summary>The content of an artefact.</summary>
    /// <exception cref="DamagedArtefactException">It is not what was kept.</exception>
    public static async Task<byte[]> ReadAsync(
        IArtefactStore store, ArtefactReference artefact, CancellationToken cancellation)
    {
        byte[] content = await store.GetAsync(ArtefactKey.Parse(artefact.Key), cancellation);
        return artefact.Matches(content) ? content : throw new DamagedArtefactException(artefact);
    }

    /// <summary>Whether an artefact is there, and what was kept.</summary>
    public static async Task<bool> IsWholeAsync(
        IArtefactStore store, ArtefactReference artefact, CancellationToken cancellation)
    {
        ArtefactKey key = ArtefactKey.Parse(artefact.Key);
        return await store.FindAsync(key, cancellation) is ArtefactReference found
            && found.Length == artefact.Length
            && (artefact.Sha256 is null || artefact.Matches(await store.GetAsync(key, cancellation)));
    }
}
