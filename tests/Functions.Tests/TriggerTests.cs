using System.Net;
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
    private static readonly Dictionary<string, string> QuickMetadata = new()
    {
        ["method"] = "automask",
        ["setting_points_per_side"] = "4",
    };

    [AzuriteFact]
    public async Task Upload_Picture_LeavesResultsInStorage()
    {
        await service.UploadAsync("trips/rgb.png", ServiceFixture.Picture(), QuickMetadata);

        JsonElement record = await service.RecordAsync("trips/rgb.png");

        Assert.Equal("succeeded", record.GetProperty("state").GetString());
        Assert.True(
            record.GetProperty("created").GetDateTimeOffset() < record.GetProperty("ended").GetDateTimeOffset(),
            record.ToString());
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
        Assert.Equal("4", result.RootElement.GetProperty("request").GetProperty("settings").GetProperty(
            "points_per_side").GetString());
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
        await service.UploadAsync("wrong.png", ServiceFixture.Picture(), new()
        {
            ["method"] = "automask",
            ["prompts"] = "cat;dog",
            ["tasks"] = "semantic",
        });

        JsonElement record = await service.RecordAsync("wrong.png");

        Assert.Equal("failed", record.GetProperty("state").GetString());
        Assert.Equal(2, record.GetProperty("problems").GetArrayLength());
    }

    [AzuriteFact]
    public async Task Queue_Request_IsSegmentedOnceHoweverOftenItComes()
    {
        string picture = Convert.ToBase64String(ServiceFixture.Picture());
        string message =
            $$$$"""{"id":"queued","request":{"image":{"bytes":"{{{{picture}}}}","name":"rgb.png"},"method":"automask","settings":{"points_per_side":"4"}}}""";

        await SendAsync(message);
        await SendAsync(message);
        JsonElement status = await service.EndAsync("queued");

        Assert.Equal("succeeded", status.GetProperty("state").GetString());
    }

    [AzuriteFact]
    public async Task Upload_OptionsLongerThanTheServiceReads_IsRecordedAsFailed()
    {
        await service.UploadAsync("wordy.png.json", new byte[(8 << 20) + 1]);
        await service.UploadAsync("wordy.png", ServiceFixture.Picture());

        JsonElement record = await service.RecordAsync("wordy.png");

        Assert.Equal("failed", record.GetProperty("state").GetString());
        Assert.Contains("8,388,608 bytes", record.GetProperty("problems").ToString(), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Upload_Manifest_IsRecordedAtItsEnd()
    {
        await service.UploadAsync("shots.jsonl", "{ no json"u8.ToArray());

        JsonElement record = await service.RecordAsync("shots.jsonl");

        Assert.Equal("manifest", record.GetProperty("method").GetString());
        Assert.Equal("succeeded", record.GetProperty("state").GetString());
        Assert.True(record.GetProperty("files").TryGetProperty("manifest.jsonl", out _), record.ToString());
    }

    [AzuriteFact]
    public async Task Upload_ToldOfByQueue_IsSegmented()
    {
        string name = BlobPoller.Unseen + "rgb.png";
        await service.UploadAsync(name, ServiceFixture.Picture(), QuickMetadata);
        await QueuePoller.Open(service.ConnectionString, "upload-events").SendMessageAsync(
            $$$"""{"eventType":"Microsoft.Storage.BlobCreated","data":{"blobType":"BlockBlob","url":"http://127.0.0.1/devstoreaccount1/uploads/{{{name}}}"}}""");

        JsonElement record = await service.RecordAsync(name);

        Assert.Equal("succeeded", record.GetProperty("state").GetString());
    }

    [AzuriteFact]
    public async Task DocumentedEvent_IsAccepted()
    {
        string docs = File.ReadAllText(Path.Combine(Infrastructure.Bicep.Repository, "docs", "operations.md"));
        int start = docs.IndexOf("-d '[", StringComparison.Ordinal) + "-d '".Length;
        string events = docs[start..docs.IndexOf("]'", start, StringComparison.Ordinal)] + "]";

        Assert.Equal(HttpStatusCode.Accepted, await TellAsync(events, BlobWebhook.Key));
        Assert.Equal(
            HttpStatusCode.InternalServerError,
            await TellAsync(events.Replace("blobType", "type", StringComparison.Ordinal), BlobWebhook.Key));
        Assert.Equal(HttpStatusCode.Unauthorized, await TellAsync(events, "another"));
    }

    [AzuriteFact]
    public async Task Queue_Nonsense_FailsUnderTheIdItsSenderGave()
    {
        await SendAsync("""{"id":"nonsense","request":{"imagine":1}}""");

        JsonElement status = await service.EndAsync("nonsense");

        Assert.Equal("failed", status.GetProperty("state").GetString());
    }

    [AzuriteFact]
    public async Task Queue_PlainJson_IsReadAsBase64Is()
    {
        await SendPlainAsync("""{"id":"plain","request":{"imagine":1}}""");

        Assert.Equal("failed", (await service.EndAsync("plain")).GetProperty("state").GetString());
    }

    [AzuriteFact]
    public async Task Queue_NeitherBase64NorJson_IsAnswered()
    {
        await SendPlainAsync("good morning");

        JsonElement status = await service.EndAsync(Functions.Triggers.QueueMessage.IdOf("good morning"));

        Assert.Contains("not JSON", status.GetProperty("problems").ToString(), StringComparison.Ordinal);
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

        string[] rows = Encoding.UTF8.GetString(await service.WaitForBlobAsync("album/manifest.jsonl"))
            .Trim()
            .Split('\n');
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
    public async Task PoisonRequest_FailsUnderTheIdItsSenderGave()
    {
        await QueuePoller.Open(service.ConnectionString, "segmentation-requests-poison")
            .SendMessageAsync("""{"id":"poisoned","request":{}}""");

        JsonElement status = await service.EndAsync("poisoned");

        Assert.Contains("five attempts", status.GetProperty("problems").ToString(), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task PoisonUpload_Unreadable_IsAnsweredAndDoesNotCircle()
    {
        await new QueueClient(service.ConnectionString, BlobPoller.PoisonQueue).SendMessageAsync("[7]");

        JsonElement status = await service.EndAsync(Functions.Triggers.QueueMessage.IdOf("[7]"));

        Assert.Equal("failed", status.GetProperty("state").GetString());
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

    private async Task SendAsync(string message) =>
        await QueuePoller.Open(service.ConnectionString, "segmentation-requests").SendMessageAsync(message);

    private async Task SendPlainAsync(string message) =>
        await new QueueClient(service.ConnectionString, "segmentation-requests").SendMessageAsync(message);

    private async Task<HttpStatusCode> TellAsync(string events, string key)
    {
        using var content = new StringContent(events, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await service.Client.PostAsync(
            $"{BlobWebhook.Path}?functionName=Host.Functions.OnUpload&code={key}", content);
        return response.StatusCode;
    }

    // How many orchestrations an upload has become.
    private async Task<int> CountAsync(string upload)
    {
        QueryInstancesResponse found = await service.Host.Hub.QueryInstancesAsync(
            new QueryInstancesRequest
            {
                Query = new InstanceQuery { FetchInputsAndOutputs = true, MaxInstanceCount = 1000 },
            });
        return found.OrchestrationState.Count(
            state => state.Input?.Contains($"\"upload\":\"{upload}\"", StringComparison.Ordinal) == true);
    }
}
