using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Shared.Artefacts;

/// <summary>
/// Keeps artefacts: a folder, a blob container. Content appears whole or not at all, and putting the same key twice is the
/// same as once. Safe for many callers and many processes.
/// </summary>
public interface IArtefactStore
{
    /// <summary>The artefact with this key; null when there is none.</summary>
    /// <exception cref="SegmentationProblemException">The store cannot be reached.</exception>
    Task<ArtefactReference?> FindAsync(ArtefactKey key, CancellationToken cancellation);

    /// <summary>Keeps content under a key; content that is there already is replaced.</summary>
    /// <exception cref="SegmentationProblemException">The store is full or cannot be reached.</exception>
    Task<ArtefactReference> PutAsync(ArtefactKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation);

    /// <summary>The content under a key.</summary>
    /// <exception cref="SegmentationProblemException">There is no such artefact, or the store cannot be reached.</exception>
    Task<byte[]> GetAsync(ArtefactKey key, CancellationToken cancellation);

    /// <summary>Removes an artefact; nothing happens when there is none.</summary>
    /// <exception cref="SegmentationProblemException">The store cannot be reached.</exception>
    Task DeleteAsync(ArtefactKey key, CancellationToken cancellation);
}
