using Azure.Storage.Blobs;
using FrozenSeg.Functions.Storage;
using FrozenSeg.Functions.Tests.Host;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Functions.Tests.Storage;

[Collection(ServiceTests.Name)]
public sealed class BlobArtefactStoreTests(ServiceFixture service)
{
    private static readonly ArtefactKey Key = ArtefactKey.Parse("tests/one.json");

    [AzuriteFact]
    public async Task Put_ThenFindAndGet_GivesTheContent()
    {
        BlobArtefactStore store = Open();

        ArtefactReference put = await store.PutAsync(Key, "{}"u8.ToArray(), CancellationToken.None);
        await store.PutAsync(Key, "[1]"u8.ToArray(), CancellationToken.None);

        Assert.Equal(ArtefactReference.Of(Key, "{}"u8), put);
        Assert.Equal(new ArtefactReference(Key.Value, 3), await store.FindAsync(Key, CancellationToken.None));
        Assert.Equal("[1]"u8.ToArray(), await store.GetAsync(Key, CancellationToken.None));
    }

    [AzuriteFact]
    public async Task Get_Missing_SaysSo()
    {
        BlobArtefactStore store = Open();
        ArtefactKey key = ArtefactKey.Parse("tests/missing.json");

        await store.DeleteAsync(key, CancellationToken.None);

        Assert.Null(await store.FindAsync(key, CancellationToken.None));
        var failure = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => store.GetAsync(key, CancellationToken.None));
        Assert.Equal(ProblemKind.Storage, failure.Problems[0].Kind);
    }

    [AzuriteFact]
    public async Task Put_Result_GoesToItsOwnContainer()
    {
        await Open()
            .PutAsync(ArtefactKey.Parse("results/some-id/overlay.png"), new byte[] { 1 }, CancellationToken.None);

        Assert.True(await service.Results.GetBlobClient("some-id/overlay.png").ExistsAsync());
    }

    [AzuriteFact]
    public async Task Fetch_OtherContainerOrReplacedBlob_IsRefused()
    {
        await service.UploadAsync("fetched.json", "{}"u8.ToArray());
        var fetcher = new BlobPictureFetcher(
            new BlobServiceClient(service.ConnectionString), ImageLimits.Default, null);

        foreach (BlobAddress address in
            (BlobAddress[])[new("results", "some-id/overlay.png"), new("uploads", "fetched.json", "0x0"), new(
                "uploads", "none")])
        {
            var failure = await Assert.ThrowsAsync<SegmentationProblemException>(
                () => fetcher.FetchAsync(new ImageSource { Blob = address }, CancellationToken.None));
            Assert.Equal(ProblemKind.InvalidImage, failure.Problems[0].Kind);
        }
    }

    private BlobArtefactStore Open() => new(new BlobServiceClient(service.ConnectionString));
}
