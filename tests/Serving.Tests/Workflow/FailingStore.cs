using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Tests.Workflow;

/// <summary>A store that is full, or gone, for as long as somebody says.</summary>
internal sealed class FailingStore(IArtefactStore inner) : IArtefactStore
{
    /// <summary>Puts under keys that begin with this fail; null lets all through.</summary>
    public string? FullFor { get; set; }

    /// <summary>How many more calls of any kind fail.</summary>
    public int GoneFor;

    public Task<ArtefactReference?> FindAsync(ArtefactKey key, CancellationToken cancellation)
    {
        Check();
        return inner.FindAsync(key, cancellation);
    }

    public Task<ArtefactReference> PutAsync(
        ArtefactKey key, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        Check();
        if (FullFor is not null && key.Value.StartsWith(FullFor, StringComparison.Ordinal))
            throw Problem("No space left on device");
        return inner.PutAsync(key, content, cancellation);
    }

    public Task<byte[]> GetAsync(ArtefactKey key, CancellationToken cancellation)
    {
        Check();
        return inner.GetAsync(key, cancellation);
    }

    public Task DeleteAsync(ArtefactKey key, CancellationToken cancellation) => inner.DeleteAsync(key, cancellation);

    private void Check()
    {
        if (Interlocked.Decrement(ref GoneFor) >= 0)
            throw Problem("The storage does not answer");
    }

    private static SegmentationProblemException Problem(string found) =>
        new SegmentationProblem(ProblemKind.Storage, "store", found, "Make room").ToException();
}
