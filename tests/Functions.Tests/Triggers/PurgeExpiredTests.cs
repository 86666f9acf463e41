using Azure.Storage.Blobs;
using FrozenSeg.Functions.Options;
using FrozenSeg.Functions.Storage;
using FrozenSeg.Functions.Tests.Host;
using FrozenSeg.Functions.Triggers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace FrozenSeg.Functions.Tests.Triggers;

/// <summary>The timer's function on the real task hub and storage, at another time.</summary>
public sealed class PurgeExpiredTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const int Days = 30;

    [AzuriteFact]
    public async Task Run_OldAndYoung_RemovesTheOldWithAllThatBelongsToThem()
    {
        await SegmentAsync("old");
        // Storage keeps times by the second.
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        DateTimeOffset between = DateTimeOffset.UtcNow;
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        await SegmentAsync("young");
        int artefacts = await CountAsync("artefacts");

        await using DurableTaskClient hub = service.Host.CreateClient();
        var purge = new PurgeExpired(
            new BlobServiceClient(service.ConnectionString),
            new BlobArtefactStore(new BlobServiceClient(service.ConnectionString)),
            Microsoft.Extensions.Options.Options.Create(new ServiceOptions { RetentionDays = Days }),
            new LaterTime(between + TimeSpan.FromDays(Days)),
            NullLogger<PurgeExpired>.Instance);
        await purge.RunAsync(new TimerInfo(), hub, CancellationToken.None);

        Assert.Null(await hub.GetInstanceAsync("old"));
        Assert.False(await service.Results.GetBlobClient("old/result.json").ExistsAsync());
        Assert.False(await service.Uploads.GetBlobClient("old.png").ExistsAsync());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.GetInstanceAsync("young"))?.RuntimeStatus);
        Assert.True(await service.Results.GetBlobClient("young/result.json").ExistsAsync());
        Assert.True(await service.Uploads.GetBlobClient("young.png").ExistsAsync());
        Assert.Equal(artefacts / 2, await CountAsync("artefacts"));
    }

    // The two differ in their pictures, so that they share no artefact.
    private async Task SegmentAsync(string id)
    {
        byte[] picture = ServiceFixture.Picture(id == "old" ? "rgb.png" : "grey.png");
        await service.UploadAsync(
            $"{id}.png", picture, new() { ["method"] = "automask", ["setting_points_per_side"] = "4" });
        await service.RecordAsync($"{id}.png");
        await service.Client.PutAsync($"api/segmentations/{id}", ServiceFixture.Form(picture, ServiceFixture.Quick));
        await service.EndAsync(id);
    }

    private async Task<int> CountAsync(string container)
    {
        int count = 0;
        await foreach (Azure.Storage.Blobs.Models.BlobItem _ in new BlobContainerClient(
            service.ConnectionString, container).GetBlobsAsync())
            count++;
        return count;
    }

    private sealed class LaterTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
