using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FrozenSeg.Functions.Orchestrations;
using FrozenSeg.Functions.Tests.Host;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FrozenSeg.Functions.Tests;

public sealed class DurabilityTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [AzuriteFact]
    public async Task Worker_KilledInTheMiddle_AnotherPairOfAppsFinishes()
    {
        await service.Client.PutAsync(
            "api/segmentations/survives",
            ServiceFixture.Form(Meadow(), """{"method":"automask","settings":{"points_per_side":"12"}}"""));
        await service.WaitForAsync(
            "survives", status => Stages(status).Any(stage => stage.GetProperty("state").GetString() == "running"));

        int known = service.Host.Workers.Count;
        await Task.WhenAll(service.Host.Workers.Select(worker => worker.KillAsync()));
        await Task.WhenAll(
            service.Host.AddWorkerAsync(service.Settings("cpu")), service.Host.AddWorkerAsync(service.Settings("gpu")));
        JsonElement status = await service.EndAsync("survives");

        Assert.True(status.GetProperty("state").GetString() == "succeeded", status + service.Host.Log);
        Assert.Contains("OnUpload", service.Host.FunctionsOf(known));
        Assert.DoesNotContain("GenerateMasks", service.Host.FunctionsOf(known));
        Assert.Equal(
            ["DecodeProposals", "FilterPrompts", "GenerateMasks", "GetHealth", "GetHealthDetails", "GetHealthLive"],
            service.Host.FunctionsOf(known + 1).Order());
    }

    [AzuriteFact]
    public async Task RollOut_InstanceOfTheNewerVersion_WaitsForTheNewerWorker()
    {
        var job = new SegmentationJob(
            "newer", new ArtefactReference("requests/1.json", 1), "automask", Expands: false, Notifies: false);
        var reason = new SegmentationProblem(
            ProblemKind.InvalidRequest, "method", "the newer worker has read it", "Go on");
        await using DurableTaskClient hub = service.Host.CreateClient();
        await hub.ScheduleNewOrchestrationInstanceAsync(
            SegmentImage.Name, new SegmentationStart(job, [reason]), new StartOrchestrationOptions("newer")
            {
                Version = "2.0",
            });
        await Task.Delay(TimeSpan.FromSeconds(1));

        OrchestrationMetadata? before = await hub.GetInstanceAsync("newer");
        await service.Host.AddWorkerAsync(
            new Dictionary<string, string>(service.Settings()) { [HostJson.VersionSetting] = "2.0" });
        JsonElement status = await service.EndAsync("newer");

        Assert.Equal(OrchestrationRuntimeStatus.Pending, before?.RuntimeStatus);
        Assert.Contains(
            "the newer worker has read it", status.GetProperty("problems").ToString(), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Storage_GoesAwayInTheMiddle_StageIsTriedAgainAndTheResultIsThere()
    {
        await service.Client.PutAsync(
            "api/segmentations/outlasts",
            ServiceFixture.Form(Meadow(), """{"method":"automask","settings":{"points_per_side":"6"}}"""));
        await service.WaitForAsync("outlasts", status => Stages(status).Any(stage =>
            stage.GetProperty("name").GetString() == "GenerateMasks"
                && stage.GetProperty("state").GetString() == "running"));

        JsonElement status;
        using (service.Storage.Cut(_ => true))
            status = await service.WaitForAsync(
                "outlasts", found => found.GetProperty("state").GetString() == "failed" || Attempts(found) > 1);
        int attempts = Attempts(status);
        status = await service.EndAsync("outlasts");

        Assert.True(status.GetProperty("state").GetString() == "succeeded", status + service.Host.Log);
        Assert.True(attempts > 1, status.ToString());
        Assert.NotEmpty(await service.WaitForBlobAsync("outlasts/result.json"));
    }

    [AzuriteFact]
    public async Task Storage_GoesAwayAtTheEnd_UploadIsRecordedAllTheSame()
    {
        int before = service.Storage.Refused;
        using (service.Storage.Cut(path => path.Contains("/results/uploads/", StringComparison.Ordinal)))
        {
            await service.UploadAsync("late.png", ServiceFixture.Picture(), new()
            {
                ["method"] = "automask",
                ["setting_points_per_side"] = "4",
            });
            // The client itself gives up after four times; then it is the orchestration that tries again.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (service.Storage.Refused < before + 5)
                await Task.Delay(100, limit.Token);
        }

        JsonElement record = await service.RecordAsync("late.png");

        Assert.Equal("succeeded", record.GetProperty("state").GetString());
    }

    [AzuriteFact]
    public async Task Post_StorageAway_IsRefusedAndNotAccepted()
    {
        using (service.Storage.Cut(_ => true))
        {
            using HttpResponseMessage response = await service.Client.PutAsync(
                "api/segmentations/refused", ServiceFixture.Form(ServiceFixture.Picture(), ServiceFixture.Quick));

            JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Contains("storage", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        using HttpResponseMessage status = await service.Client.GetAsync("api/segmentations/refused");
        Assert.Equal(HttpStatusCode.NotFound, status.StatusCode);
    }

    private static byte[] Meadow() =>
        File.ReadAllBytes(
            Path.Combine(WorkerProcess.ApplicationFolder, "..", "..", "..", "..", "samples", "meadow.png"));

    private static JsonElement.ArrayEnumerator Stages(JsonElement status) =>
        status.GetProperty("stages").EnumerateArray();

    private static int Attempts(JsonElement status) =>
        Stages(status).Max(stage => stage.GetProperty("attempts").GetInt32());
}
