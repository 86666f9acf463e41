using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Tests.Workflow.Stages;

public sealed class MethodStageTests : IDisposable
{
    private static readonly SegmentationRequest Request = new()
    {
        Method = "fused",
        Prompts = [new SegmentationPrompt { Text = "cat" }],
        Tasks = [SegmentationTask.Panoptic],
        Settings = new Dictionary<string, string>
        {
            ["automask.points_per_batch"] = "8",
            ["automask.iou"] = "0.5",
            ["car.eta"] = "0.3",
            ["alpha"] = "1",
        },
    };

    private readonly StageBench _bench = new();
    private readonly SemaphoreSlim _gate = new(1);
    private ScriptedMethod _method = new();

    public MethodStageTests() => _bench.Services = _bench.Services with { FindMethod = _ => _method };

    public void Dispose()
    {
        _gate.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task Run_Method_IsAskedAndItsOutcomeStored()
    {
        MethodOutput output = await RunAsync(prefix: "automask.", halvings: 0);

        Assert.Equal(("automask", 0), (output.Method, output.Segments));
        Assert.StartsWith("outcomes/", output.Outcome.Key, StringComparison.Ordinal);
        Assert.Equal(0, (await _bench.JsonAsync(output.Outcome)).GetProperty("segments").GetArrayLength());
        Assert.Equal(1, _gate.CurrentCount);
    }

    [Theory]
    [InlineData("automask.", "iou=0.5 points_per_batch=8")]
    [InlineData("car.", "eta=0.3")]
    [InlineData("", "alpha=1 automask.iou=0.5 automask.points_per_batch=8 car.eta=0.3")]
    public async Task Run_SettingsOfAPart_LoseItsName(string prefix, string expected)
    {
        await RunAsync(prefix, halvings: 0);

        Assert.Equal(expected, Given());
    }

    [Theory]
    [InlineData("automask.", 1, "iou=0.5 points_per_batch=4")]
    [InlineData("automask.", 3, "iou=0.5 points_per_batch=1")]
    [InlineData("automask.", 4, "iou=0.5 points_per_batch=1")]
    [InlineData("car.", 1, "eta=0.3 points_per_batch=32")]
    [InlineData("car.", 6, "eta=0.3 points_per_batch=1")]
    public async Task Run_AfterMemoryRanOut_HalvesTheBatch(string prefix, int halvings, string expected)
    {
        await RunAsync(prefix, halvings);

        Assert.Equal(expected, Given());
    }

    [Fact]
    public async Task Run_MethodWithoutABatch_KeepsItsSettings()
    {
        _method = new ScriptedMethod { BatchSetting = null };

        await RunAsync("car.", halvings: 2);

        Assert.Equal("eta=0.3", Given());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_Words_AreForMethodsThatTakeThem(bool needsWords)
    {
        _method = new ScriptedMethod
        {
            Capabilities = new MethodCapabilities("car", [SegmentationTask.Semantic], needsWords),
        };

        await RunAsync("", halvings: 0);

        Assert.Equal(needsWords ? "cat" : null, Assert.Single(_method.Orders).Vocabulary?[0].Name);
    }

    [Fact]
    public async Task Run_TasksOfAPart_GoBeforeThoseOfTheRequest()
    {
        await RunAsync("", halvings: 0, SegmentationTask.Masks);
        await RunAsync("", halvings: 0);

        Assert.Equal(
            [SegmentationTask.Masks, SegmentationTask.Panoptic],
            _method.Orders.Select(order => Assert.Single(order.Tasks)));
    }

    // So that a device is never oversubscribed.
    [Fact]
    public async Task Run_DeviceInUse_WaitsForIt()
    {
        await _gate.WaitAsync();

        Task<MethodOutput> running = RunAsync("", halvings: 0);
        await Task.Delay(50);
        Assert.Empty(_method.Orders);
        _gate.Release();
        await running;

        Assert.Single(_method.Orders);
    }

    [Fact]
    public void ReceiptKey_EverythingTheResultDependsOn_IsPartOfIt()
    {
        MethodInput input = Input(
            new ArtefactReference("images/a", 1),
            new ArtefactReference("requests/r", 1),
            "",
            0,
            SegmentationTask.Masks);
        MethodInput[] others =
        [
            input with { Method = "car" },
            input with { SettingPrefix = "car." },
            input with { Tasks = [] },
            input with { Tasks = [SegmentationTask.Panoptic] },
            input with { Image = new ArtefactReference("images/b", 1) },
            input with { Request = new ArtefactReference("requests/s", 1) },
        ];

        ArtefactKey?[] keys =
        [
            Stage().ReceiptKey(input),
            .. others.Select(other => Stage().ReceiptKey(other)),
            Stage("Other").ReceiptKey(input),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[0], Stage().ReceiptKey(input with { BatchHalvings = 3 }));
    }

    private string Given() => string.Join(
        ' ', _method.Given.Last().OrderBy(setting => setting.Key).Select(setting => $"{setting.Key}={setting.Value}"));

    private async Task<MethodOutput> RunAsync(string prefix, int halvings, params SegmentationTask[] tasks) =>
        await Stage().RunAsync(
            Input(
                await _bench.PutAsync(ServiceBench.Picture()), await _bench.PutAsync(Request), prefix, halvings, tasks),
            StageBench.Progress,
            default);

    private static MethodInput Input(
        ArtefactReference image,
        ArtefactReference request,
        string prefix,
        int halvings,
        params SegmentationTask[] tasks) =>
        new(image, request, "automask", prefix, tasks, halvings);

    private MethodStage Stage(string name = StageNames.GenerateMasks) =>
        new(name, _bench.Services, _bench.Documents, _gate);
}
