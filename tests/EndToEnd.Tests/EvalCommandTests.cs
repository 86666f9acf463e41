using System.Text.Json;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class EvalCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SharedFact]
    public void EvalPanoptic_RealCase_WritesTheReport()
    {
        string report = _folder.Path("report.json");

        CommandLine run = CommandLine.Run(
            "eval", "panoptic", "--gt", Case("panoptic_coco_142238_v1", "gt.json"), "--pred", Case(
                "panoptic_coco_142238_v1", "pred.json"), "--json", report);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("pq 58.93", run.Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(report));
        Assert.Equal(0.589321, json.RootElement.GetProperty("all").GetProperty("pq").GetDouble(), 1e-6);
        Assert.Equal(0.304019, json.RootElement.GetProperty("things").GetProperty("pq").GetDouble(), 1e-6);
        Assert.Equal(6, json.RootElement.GetProperty("per_class").GetProperty("1").GetProperty("tp").GetInt32());
    }

    [SharedFact]
    public void EvalVideo_RealCase_WritesTheReport()
    {
        string report = _folder.Path("report.json");

        CommandLine run = CommandLine.Run(
            "eval", "video", "--gt", Case("video_davis_car-shadow", "ref"), "--pred", Case(
                "video_davis_car-shadow", "pred"), "--json", report);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(report));
        Assert.Equal(0.885525, json.RootElement.GetProperty("J&F").GetDouble(), 1e-6);
    }

    [SharedFact]
    public void EvalSemantic_MissingPrediction_FailsWithoutAReport()
    {
        string report = _folder.Path("report.json");
        Directory.CreateDirectory(_folder.Path("pred"));
        File.Copy(Case("semantic_camvid_val", "pred", "0016E5_07969.png"), _folder.Path("pred", "0016E5_07969.png"));

        CommandLine run = CommandLine.Run(
            "eval",
            "semantic",
            "--gt",
            Case("semantic_camvid_val", "gt"),
            "--pred",
            _folder.Path("pred"),
            "--ignore",
            "11",
            "--json",
            report);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            3, run.Errors.Split('\n').Count(line => line.Contains("there is no prediction", StringComparison.Ordinal)));
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(report));
    }

    private static string Case(string name, params string[] parts) => SharedFolder.Path(["eval", name, .. parts]);
}
