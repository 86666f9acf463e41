using System.Text.Json;
using FrozenSeg.Functions.Tests.Host;

namespace FrozenSeg.Functions.Tests;

public sealed class DurabilityTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [AzuriteFact]
    public async Task Worker_KilledInTheMiddle_AnotherPairOfAppsFinishes()
    {
        byte[] meadow = File.ReadAllBytes(Path.Combine(WorkerProcess.ApplicationFolder, "..", "..", "..", "..", "samples", "meadow.png"));
        await service.Client.PutAsync("api/segmentations/survives", ServiceFixture.Form(meadow, """{"method":"automask","settings":{"points_per_side":"12"}}"""));
        await service.WaitForAsync("survives", status => status.ToString().Contains("\"running\"", StringComparison.Ordinal)
            && status.GetProperty("stages").EnumerateArray().Any(stage => stage.GetProperty("state").GetString() == "running"));

        await service.Host.Workers[0].KillAsync();
        await Task.WhenAll(service.Host.AddWorkerAsync(service.Settings("cpu")), service.Host.AddWorkerAsync(service.Settings("gpu")));
        JsonElement status = await service.EndAsync("survives");

        Assert.True(status.GetProperty("state").GetString() == "succeeded", status + service.Host.Log);
        Assert.Contains("OnUpload", service.Host.FunctionsOf(1));
        Assert.DoesNotContain("GenerateMasks", service.Host.FunctionsOf(1));
        Assert.Equal(
            ["DecodeProposals", "FilterPrompts", "GenerateMasks", "GetHealth", "GetHealthLive"], service.Host.FunctionsOf(2).Order());
    }
}
