using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Queues;
using FrozenSeg.Functions.Tests.Host;
using Microsoft.DurableTask.Protobuf;

namespace FrozenSeg.Functions.Tests;

[Collection(ServiceTests.Name)]
public sealed class TriggerTests(ServiceFixture service)
{
    private static readonly Dictionary<string, string> QuickMetadata = new() { ["method"] = "automask", ["setting_points_per_side"] = "4" };

    [AzuriteFact]
    public async Task Upload_Picture_LeavesResultsInStorage()
    {
        await service.UploadAsync("trips/rgb.png", ServiceFixture.Picture(), QuickMetadata);

        JsonElement record = await service.RecordAsync("trips/rgb.png");

        Assert.Equal("succeeded", record.GetProperty("state").GetString());
        string id = record.GetProperty("id").GetString()!;
        using JsonDocument result = JsonDocument.Parse(await service.WaitForBlobAsync($"{id}/result.json"));
        Assert.Equal("rgb.png", result.RootElement.GetProperty("image").GetProperty("name").GetString());
        Assert.NotEqual(0, result.RootElement.GetProperty("segments").GetArrayLength());
        Assert.NotEmpty(await service.WaitForBlobAsync($"{id}/overlay.png"));
    }

    [AzuriteFact]
    public async Task Upload_WithSidecar_UsesItsOptions()
    {
        await service.UploadAsync("sidecar.png.json", Encoding.UTF8.GetBytes(ServiceFixture.Quick));
        await service.UploadAsync("sidecar.png", ServiceFixture.Picture());

        JsonElement record = await service.RecordAsync("sidecar.png");

        string id = record.GetProperty("id").GetString()!;
        using JsonDocument result = JsonDocument.Parse(await service.WaitForBlobAsync($"{id}/result.json"));
        Assert.Equal("4", result.RootElement.GetProperty("request").GetProperty("settings").GetProperty("points_per_side").GetString());
    }

    [AzuriteFact]
    public async Task Upload_ToldOfThreeTimes_IsSegmentedOnce()
    {
        await service.UploadAsync("thrice.png", ServiceFixture.Picture(), QuickMetadata);
        await service.RecordAsync("thrice.png");

        await service.Host.RaiseBlobEventAsync("uploads", "thrice.png");
        await service.Host.RaiseBlobEventAsync("uploads", "thrice.png");

        Assert.Equal(1, await CountAsync("thrice.png"));
    }

    [AzuriteFact]
    public async Task Upload_ReplacedByAnother_IsSegmentedAgain()
    {
        await service.UploadAsync("twice.png", ServiceFixture.Picture(), QuickMetadata);
        await service.RecordAsync("twice.png");
        await service.Uploads.GetBlobClient("twice.png").DeleteAsync();
        await service.UploadAsync("twice.png", ServiceFixture.Picture("grey.png"), QuickMetadata);

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await CountAsync("twice.png") < 2)
            await Task.Delay(100, limit.Token);
    }

    [AzuriteFact]
    public async Task Upload_NoPicture_IsRecordedAsFailedAndOthersGoOn()
    {
        await service.UploadAsync("text.jpg", "just words"u8.ToArray(), QuickMetadata);
        await service.UploadAsync("fine.png", ServiceFixture.Picture(), QuickMetadata);

        JsonElement failed = await service.RecordAsync("text.jpg"), fine = await service.RecordAsync("fine.png");

        Assert.Equal("failed", failed.GetProperty("state").GetString());
        Assert.NotEqual(0, failed.GetProperty("problems").GetArrayLength());
        Assert.Equal("succeeded", fine.GetProperty("state").GetString());
    }

    [AzuriteFact]
    public async Task Upload_TwoGigabytes_IsRecordedAsFailedWithoutBeingFetched()
    {
        // A page blob has its size without having its bytes.
        PageBlobClient huge = service.Uploads.GetPageBlobClient("huge.png");
        await huge.CreateAsync(2L << 30, new PageBlobCreateOptions { Metadata = QuickMetadata });

        JsonElement record = await service.RecordAsync("huge.png");

        Assert.Equal("failed", record.GetProperty("state").GetString());
        Assert.Contains("bytes", record.GetProperty("problems").ToString(), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Upload_WrongOptions_IsRecordedAsFailedWithEveryReason()
    {
        await service.UploadAsync("wrong.png", ServiceFixture.Picture(), new() { ["method"] = "automask", ["prompts"] = "cat;dog", ["tasks"] = "semantic" });

        JsonElement record = await service.RecordAsync("wrong.png");

        Assert.Equal("failed", record.GetProperty("state").GetString());
        Assert.Equal(2, record.GetProperty("problems").GetArrayLength());
    }

    [AzuriteFact]
    public async Task Queue_Request_IsSegmentedOnceHoweverOftenItComes()
    {
        string picture = Convert.ToBase64String(ServiceFixture.Picture());
        string message = $$$$"""{"id":"queued","request":{"image":{"bytes":"{{{{picture}}}}","name":"rgb.png"},"method":"automask","settings":{"points_per_side":"4"}}}""";

        await SendAsync(message);
        await SendAsync(message);
        JsonElement status = await service.EndAsync("queued");

        Assert.Equal("succeeded", status.GetProperty("state").GetString());
    }

    [AzuriteFact]
    public async Task Queue_Nonsense_BecomesAFailedSegmentation()
    {
        await SendAsync("""{"id":"nonsense","request":{"imagine":1}}""");

        // The message cannot be read, so its own id cannot be trusted either.
        string id = Functions.Triggers.QueueMessage.IdOf("""{"id":"nonsense","request":{"imagine":1}}""");
        JsonElement status = await service.EndAsync(id);

        Assert.Equal("failed", status.GetProperty("state").GetString());
    }

    [AzuriteFact]
    public async Task Queue_Manifest_GivesARowForEachLine()
    {
        await service.UploadAsync("album/1.bin", ServiceFixture.Picture());
        const string quick = "\"method\":\"automask\",\"settings\":{\"points_per_side\":\"4\"}";
        string manifest = string.Join('\n',
            $$$"""{"image":{"blob":{"container":"uploads","name":"album/1.bin"}},{{{quick}}}}""",
            "",
            $$$"""{"image":{"blob":{"container":"uploads","name":"album/missing.bin"}},{{{quick}}}}""",
            "{ no json",
            $$$"""{"image":{"blob":{"container":"results","name":"secret"}},{{{quick}}}}""");
        await service.UploadAsync("album.txt", Encoding.UTF8.GetBytes(manifest));

        await SendAsync("""{"id":"album","manifest":"album.txt"}""");
        JsonElement status = await service.EndAsync("album");

        string[] rows = Encoding.UTF8.GetString(await service.WaitForBlobAsync("album/manifest.jsonl")).Trim().Split('\n');
        Assert.Equal("succeeded", status.GetProperty("state").GetString());
        Assert.Equal([(1, "succeeded"), (3, "failed"), (4, "failed"), (5, "failed")], rows.Select(Row));
    }

    [AzuriteFact]
    public async Task PoisonMessage_BecomesAFailedSegmentation()
    {
        await QueuePoller.Open(service.ConnectionString, BlobPoller.PoisonQueue).SendMessageAsync(
            """{"Type":"BlobTrigger","FunctionId":"Host.Functions.OnUpload","ContainerName":"uploads","BlobName":"poisoned.png","ETag":"\"0x1\""}""");

        JsonElement record = await service.RecordAsync("poisoned.png");

        Assert.Equal("failed", record.GetProperty("state").GetString());
        Assert.Contains("five attempts", record.GetProperty("problems").ToString(), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Purge_KeepsWhatIsYoung()
    {
        await service.UploadAsync("young.png", ServiceFixture.Picture(), QuickMetadata);
        await service.RecordAsync("young.png");

        await service.Host.RaiseTimerAsync("PurgeExpired", CancellationToken.None);

        Assert.True(await service.Uploads.GetBlobClient("young.png").ExistsAsync());
        Assert.Equal(1, await CountAsync("young.png"));
    }

    private static (int, string) Row(string line)
    {
        using JsonDocument row = JsonDocument.Parse(line);
        return (row.RootElement.GetProperty("line").GetInt32(), row.RootElement.GetProperty("state").GetString()!);
    }

    private async Task SendAsync(string message) => await QueuePoller.Open(service.ConnectionString, "segmentation-requests").SendMessageAsync(message);

    // How many orchestrations an upload has become.
    private async Task<int> CountAsync(string upload)
    {
        QueryInstancesResponse found = await service.Host.Hub.QueryInstancesAsync(
            new QueryInstancesRequest { Query = new InstanceQuery { FetchInputsAndOutputs = true, MaxInstanceCount = 1000 } });
        return found.OrchestrationState.Count(state => state.Input?.Contains($"\"upload\":\"{upload}\"", StringComparison.Ordinal) == true);
    }
}
