using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Shared.Artefacts;

/// <summary>
/// Keeps artefacts: a folder, a blob container. Content appears whole or not at all, and putting the same key twice is
/// the same as once. Safe for many callers and many processes.
/// </summary>
internal interface IArtefactStore
{
    /// <summary>
    /// The artefact with this key, without its hash; null when there is none. What was found counts as used now.
    /// </summary>
    /// <exception cref="SegmentationProblemException">The store cannot be reached.</exception>
    Task<ArtefactReference?> FindAsync(ArtefactKey key, CancellationToken cancellation);

    /// <summary>Keeps content under a key; content that is there already is replaced.</summary>
    /// <returns>The reference, with the hash.</returns>
    /// <exception cref="SegmentationProblemException">The store is full or cannot be reached.</exception>
    Task<ArtefactReference> PutAsync(ArtefactKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation);

    /// <summary>Whether what is staged is held in memory.</summary>
    bool HoldsWhatIsStaged => true;

    /// <summary>Takes in content as it comes, to be kept under the hash it turns out to have.</summary>
    /// <param name="folder">What sort of artefact.</param>
    /// <param name="content">The content; read to its end.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="SegmentationProblemException">The store is full or cannot be reached.</exception>
    async Task<IStagedArtefact> StageAsync(string folder, Stream content, CancellationToken cancellation)
    {
        using var held = new MemoryStream();
        await content.CopyToAsync(held, cancellation).ConfigureAwait(false);
        return new HeldArtefact(this, folder, held.ToArray());
    }

    /// <summary>The content under a key.</summary>
    /// <exception cref="SegmentationProblemException">There is no such artefact, or the store cannot be
    /// reached.</exception>
    Task<byte[]> GetAsync(ArtefactKey key, CancellationToken cancellation);

    /// <summary>Removes an artefact; nothing happens when there is none.</summary>
    /// <exception cref="SegmentationProblemException">The store cannot be reached.</exception>
    Task DeleteAsync(ArtefactKey key, CancellationToken cancellation);
}
