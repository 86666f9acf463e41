using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Workflow;

public sealed class StoredContentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderArtefactStore _store;

    public StoredContentTests() => _store = new FolderArtefactStore(_folder.Root, Disk.Unflushed);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_WhatWasKept_IsItsContent()
    {
        ArtefactReference kept = await PutAsync([1, 2]);

        Assert.True(await StoredContent.IsWholeAsync(_store, kept, default));
        Assert.Equal([1, 2], await StoredContent.ReadAsync(_store, kept, default));
    }

    [Theory]
    [InlineData(new byte[] { 1, 3 })]
    [InlineData(new byte[] { 1 })]
    public async Task Read_SomethingElse_IsDamaged(byte[] now)
    {
        ArtefactReference kept = await PutAsync([1, 2]);
        await PutAsync(now);

        Assert.False(await StoredContent.IsWholeAsync(_store, kept, default));
        var failure = await Assert.ThrowsAsync<DamagedArtefactException>(
            () => StoredContent.ReadAsync(_store, kept, default));
        Assert.Equal(kept.Key, failure.Problem.Where);
    }

    [Fact]
    public async Task IsWhole_HashNobodyNoted_IsToldByTheLength()
    {
        ArtefactReference kept = await PutAsync([1, 2]);

        Assert.True(await StoredContent.IsWholeAsync(_store, new ArtefactReference(kept.Key, 2), default));
        Assert.False(await StoredContent.IsWholeAsync(_store, new ArtefactReference(kept.Key, 3), default));
        Assert.False(await StoredContent.IsWholeAsync(_store, new ArtefactReference("outcomes/b", 2), default));
    }

    private Task<ArtefactReference> PutAsync(byte[] content) =>
        _store.PutAsync(ArtefactKey.Parse("outcomes/a"), content, default);
}
