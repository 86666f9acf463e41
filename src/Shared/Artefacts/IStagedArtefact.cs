using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Shared.Artefacts;

/// <summary>
/// Content that was taken in and is not kept yet. Disposing of it without keeping it leaves nothing behind.
/// </summary>
internal interface IStagedArtefact : IAsyncDisposable
{
    /// <summary>What it will be called, and what it is.</summary>
    ArtefactReference Reference { get; }

    /// <summary>Keeps it.</summary>
    /// <exception cref="SegmentationProblemException">The store is full or cannot be reached.</exception>
    Task KeepAsync(CancellationToken cancellation);
}
