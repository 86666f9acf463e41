using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FrozenSeg.Functions.Tests.Host;
using Microsoft.DurableTask.Client;

namespace FrozenSeg.Functions.Tests;

[Collection(ServiceTests.Name)]
public sealed class ApiTests(ServiceFixture service)
{
    [AzuriteFact]
    public async Task Post_Picture_WaitsAndGivesFiles()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/segmentations")
        {
            Content = ServiceFixture.Form(ServiceFixture.Picture(), ServiceFixture.Quick),
            Headers = { { "Prefer", "wait=50" } },
        };

        using HttpResponseMessage response = await service.Client.SendAsync(request);

        JsonElement status = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode} {status} {service.Host.Log}");
        Assert.True(status.GetProperty("state").GetString() == "succeeded", status.ToString());
        string place = response.Headers.Location!.ToString();
        JsonElement result = await service.Client.GetFromJsonAsync<JsonElement>(place + "/result");
        Assert.NotEqual(0, result.GetProperty("segments").GetArrayLength());
        byte[] overlay = await service.Client.GetByteArrayAsync(place + "/overlay.png");
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], overlay[..4]);
    }

    [AzuriteFact]
    public async Task Put_Twice_IsOneSegmentation()
    {
        using HttpResponseMessage first = await service.Client.PutAsync(
            "api/segmentations/put-twice", ServiceFixture.Form(ServiceFixture.Picture(), ServiceFixture.Quick));
        JsonElement done = await service.EndAsync("put-twice");
        using HttpResponseMessage second = await service.Client.PutAsync(
            "api/segmentations/put-twice", ServiceFixture.Form(ServiceFixture.Picture(), ServiceFixture.Quick));
        using HttpResponseMessage other = await service.Client.PutAsync(
            "api/segmentations/put-twice",
            ServiceFixture.Form(ServiceFixture.Picture("grey.png"), ServiceFixture.Quick));

        Assert.Equal("succeeded", done.GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    [AzuriteFact]
    public async Task Delete_WhileItRuns_CancelsIt()
    {
        byte[] meadow = File.ReadAllBytes(
            Path.Combine(WorkerProcess.ApplicationFolder, "..", "..", "..", "..", "samples", "meadow.png"));
        await service.Client.PutAsync(
            "api/segmentations/cancelled", ServiceFixture.Form(meadow, """{"method":"automask"}"""));
        await service.WaitForAsync("cancelled", status => status.GetProperty("state").GetString() == "running");

        using HttpResponseMessage response = await service.Client.DeleteAsync("api/segmentations/cancelled");

        JsonElement status = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("cancelled", status.GetProperty("state").GetString());
    }

    [AzuriteFact]
    public async Task Delete_WhileItRuns_FreesTheDeviceForOthers()
    {
        byte[] meadow = File.ReadAllBytes(
            Path.Combine(WorkerProcess.ApplicationFolder, "..", "..", "..", "..", "samples", "meadow.png"));
        await service.Client.PutAsync("api/segmentations/endless", ServiceFixture.Form(
            meadow, """{"method":"automask","settings":{"points_per_side":"512","crop_n_layers":"4"}}"""));
        await service.WaitForAsync("endless", IsGenerating);
        await service.Client.DeleteAsync("api/segmentations/endless");

        // One network runs at a time: while 89 million points are looked at, nobody else's are.
        await service.Client.PutAsync(
            "api/segmentations/after-endless", ServiceFixture.Form(ServiceFixture.Picture(), ServiceFixture.Quick));
        JsonElement next = await service.EndAsync("after-endless");

        Assert.Equal("succeeded", next.GetProperty("state").GetString());
    }

    [AzuriteFact]
    public async Task Put_FortyMegabytes_IsTaken()
    {
        using HttpResponseMessage response = await service.Client.PutAsync(
            "api/segmentations/forty", ServiceFixture.Form(new byte[40 << 20], ServiceFixture.Quick));

        JsonElement status = await service.EndAsync("forty");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("failed", status.GetProperty("state").GetString());
    }

    [AzuriteTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Put_MoreThanSixtyFourMegabytes_IsTooLarge(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/segmentations/too-large")
        {
            Content = ServiceFixture.Form(new byte[(64 << 20) + 1], ServiceFixture.Quick),
            Headers = { TransferEncodingChunked = chunked },
        };

        using HttpResponseMessage response = await service.Client.SendAsync(request);

        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("bytes", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Delete_Manifest_StopsItsPictures()
    {
        await StartEndlessAsync("stopped");

        using HttpResponseMessage response = await service.Client.DeleteAsync("api/segmentations/stopped");

        JsonElement manifest = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("cancelled", manifest.GetProperty("state").GetString());
        Assert.Equal("cancelled", (await service.EndAsync("stopped-1")).GetProperty("state").GetString());
        Assert.Equal("cancelled", (await service.EndAsync("stopped-2")).GetProperty("state").GetString());
        await service.Client.PutAsync(
            "api/segmentations/after-stopped", ServiceFixture.Form(ServiceFixture.Picture(), ServiceFixture.Quick));
        Assert.Equal("succeeded", (await service.EndAsync("after-stopped")).GetProperty("state").GetString());
    }

    // The extension passes over the wish, so the app ends the pictures itself. Did the hub of these tests heed it, they
    // would not show whether the app does.
    [AzuriteFact]
    public async Task TaskHub_ToldToEndAManifestWithItsPictures_EndsTheManifestAlone()
    {
        await StartEndlessAsync("alone");
        await using DurableTaskClient hub = service.Host.CreateClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        await hub.TerminateInstanceAsync("alone", new TerminateInstanceOptions(Recursive: true));

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, await EndOf("alone"));
        Assert.NotEqual(OrchestrationRuntimeStatus.Terminated, await EndOf("alone-1"));
        Assert.NotEqual(OrchestrationRuntimeStatus.Terminated, await EndOf("alone-2"));
        Assert.Equal("cancelled", (await service.EndAsync("alone-1")).GetProperty("state").GetString());
        Assert.Equal("cancelled", (await service.EndAsync("alone-2")).GetProperty("state").GetString());

        async Task<OrchestrationRuntimeStatus> EndOf(string id) =>
            (await hub.WaitForInstanceCompletionAsync(id, limit.Token)).RuntimeStatus;
    }

    [AzuriteFact]
    public async Task Post_TextNamedPicture_FailsWithTheReason()
    {
        await service.Client.PutAsync(
            "api/segmentations/no-picture", ServiceFixture.Form("no picture"u8.ToArray(), ServiceFixture.Quick));

        JsonElement status = await service.EndAsync("no-picture");

        Assert.Equal("failed", status.GetProperty("state").GetString());
        Assert.NotEqual(0, status.GetProperty("problems").GetArrayLength());
    }

    [AzuriteFact]
    public async Task AnyRoute_WithoutKey_IsRefusedExceptHealth()
    {
        using var stranger = new HttpClient { BaseAddress = service.Host.Address };

        Assert.Equal(HttpStatusCode.Unauthorized, await Status("api/models"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status("api/segmentations/some-id"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status("api/openapi.json"));
        Assert.Equal(HttpStatusCode.OK, await Status("api/health"));
        Assert.Equal(HttpStatusCode.OK, await Status("api/health/live"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status("api/health/details"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status("/"));
        Assert.Equal(HttpStatusCode.OK, await Status("/?code=" + HttpFront.Key));

        async Task<HttpStatusCode> Status(string path)
        {
            using HttpResponseMessage response = await stranger.GetAsync(path);
            return response.StatusCode;
        }
    }

    [AzuriteFact]
    public async Task Health_SaysStateToAnybodyAndProviderToThoseWithAKey()
    {
        JsonElement open = await service.Client.GetFromJsonAsync<JsonElement>("api/health");
        JsonElement details = await service.Client.GetFromJsonAsync<JsonElement>("api/health/details");

        Assert.Equal(["status", "version"], open.EnumerateObject().Select(member => member.Name));
        Assert.Equal("ready", open.GetProperty("status").GetString());
        Assert.Equal("cpu", details.GetProperty("provider").GetString());
    }

    // A manifest of two pictures, both at work with what takes hours.
    private async Task StartEndlessAsync(string id)
    {
        const string endless =
            "\"method\":\"automask\",\"settings\":{\"points_per_side\":\"512\",\"crop_n_layers\":\"4\"}";
        byte[] picture = File.ReadAllBytes(
            Path.Combine(WorkerProcess.ApplicationFolder, "..", "..", "..", "..", "samples", "meadow.png"));
        await service.UploadAsync($"{id}.bin", picture);
        string line = $$$"""{"image":{"blob":{"container":"uploads","name":"{{{id}}}.bin"}},{{{endless}}}}""";
        await service.UploadAsync(
            $"{id}.txt", Encoding.UTF8.GetBytes($"{line}\n{line.Replace("512", "511", StringComparison.Ordinal)}"));
        await QueuePoller.Open(service.ConnectionString, "segmentation-requests")
            .SendMessageAsync($$"""{"id":"{{id}}","manifest":"{{id}}.txt"}""");
        await service.WaitForAsync($"{id}-1", IsGenerating);
        await service.WaitForAsync($"{id}-2", IsGenerating);
    }

    private static bool IsGenerating(JsonElement status) => status.GetProperty("stages").EnumerateArray().Any(stage =>
        stage.GetProperty("name").GetString() == "GenerateMasks"
            && stage.GetProperty("state").GetString() == "running");
}
