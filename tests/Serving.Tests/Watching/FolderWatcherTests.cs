using System.Diagnostics;
using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Serving.Tests.Workflow;
using FrozenSeg.Serving.Watching;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Watching;

/// <summary>
/// A watched folder with whatever may lie in one. It always ends, and every picture has its result or its reasons.
/// </summary>
public sealed class FolderWatcherTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public FolderWatcherTests() => Directory.CreateDirectory(_folder.Path("in"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_OddFilesAmongPictures_DoesThePicturesAndNamesTheOddOnce()
    {
        if (!OperatingSystem.IsLinux())
            return;
        _folder.Write("in/good.png", ServiceBench.Picture());
        File.CreateSymbolicLink(
            _folder.Path("in", "linked.png"), _folder.Write("elsewhere.png", ServiceBench.Picture(seed: 1)));
        File.CreateSymbolicLink(_folder.Path("in", "dangling.png"), _folder.Path("nowhere.png"));
        File.CreateSymbolicLink(_folder.Path("in", "endless.png"), "/dev/zero");
        for (int i = 0; i < 9; i++)
            Run("mkfifo", _folder.Path("in", $"pipe-{i}.png"));
        Run("sh", "-c", $"printf x > \"$(printf '{_folder.Path("in")}/bad\\377name.png')\"");
        _folder.Write("in/photo.heic", [1]);

        (WatchSummary summary, List<WatchReport> reports) = await WatchAsync();

        Assert.Equal((0, "photo.heic"), (summary.Failed, Assert.Single(summary.OtherKinds)));
        Assert.Equal(
            ["good.png", "linked.png"],
            reports.Where(report => report.Failure is null).Select(report => report.Picture).Order());
        Assert.Equal(12, reports.Count(report => report.Failure is not null));
        Assert.True(File.Exists(_folder.Path("out", "linked.png", "result.json")));
        // .NET could not remove it.
        Run("sh", "-c", $"rm '{_folder.Path("in")}'/bad*");
    }

    [Fact]
    public async Task Run_PicturesThatFail_EachHasItsReasonsAndTheOthersGoOn()
    {
        _folder.Write("in/good.png", ServiceBench.Picture());
        _folder.Write("in/empty.png", []);
        _folder.Write("in/text.png", "no picture"u8.ToArray());
        _folder.Write("in/null.png", ServiceBench.Picture(seed: 1));
        _folder.Write("in/null.png.json", """{"prompts":[null]}"""u8.ToArray());
        Directory.CreateDirectory(_folder.Path("in", "folder.png"));

        (WatchSummary summary, _) = await WatchAsync();
        (WatchSummary again, List<WatchReport> reports) = await WatchAsync();

        Assert.Equal(3, summary.Failed);
        Assert.Contains("the picture is empty", Reasons("empty.png"), StringComparison.Ordinal);
        Assert.Contains("\"where\": \"text.png\"", Reasons("text.png"), StringComparison.Ordinal);
        Assert.Contains("null.png.json: prompts[0]", Reasons("null.png"), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.Path("out", "good.png", "result.json")));
        Assert.Equal((0, 0), (again.Failed, reports.Count));
    }

    [Fact]
    public async Task Run_PictureThatCannotBeRead_IsTriedAFewTimesAndTheWatchEnds()
    {
        _folder.Write("in/a.png", ServiceBench.Picture());
        // Where its result would go, and where its reasons would.
        Directory.CreateDirectory(_folder.Path("out"));
        _folder.Write("out/a.png", []);

        (WatchSummary summary, List<WatchReport> reports) = await WatchAsync();

        Assert.Equal(1, summary.Failed);
        Assert.Contains(
            reports, report => report.Failure!.Contains("a file stands in their place", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("segmentations/lost+found/x")]
    [InlineData("segmentations/abc/job.json")]
    [InlineData("staging/left/result.json")]
    [InlineData("artefacts/receipts/foreign.json")]
    public async Task Run_ForeignFileInItsState_IsNoObstacle(string name)
    {
        string foreign = _folder.Path("out", ".frozenseg", name);
        Directory.CreateDirectory(Path.GetDirectoryName(foreign)!);
        File.WriteAllBytes(foreign, []);
        _folder.Write("in/a.png", ServiceBench.Picture());

        (WatchSummary summary, _) = await WatchAsync();

        Assert.Equal(0, summary.Failed);
        Assert.True(File.Exists(_folder.Path("out", "a.png", "result.json")));
    }

    private string Reasons(string picture) => File.ReadAllText(_folder.Path("out", picture, "problem.json"));

    private async Task<(WatchSummary Summary, List<WatchReport> Reports)> WatchAsync()
    {
        var reports = new List<WatchReport>();
        var options = new WatchOptions
        {
            Input = _folder.Path("in"),
            Output = _folder.Path("out"),
            Request = ServiceBench.Automask,
            Interval = TimeSpan.FromMilliseconds(20),
            EndsWhenDone = true,
        };
        await using var service = new LocalService(
            new LocalServiceOptions { Folder = options.StateFolder, Library = SharedNetworks.Nano });
        using var limit = new CancellationTokenSource(Patience);
        WatchSummary summary = await new FolderWatcher(service, options, Report).RunAsync(limit.Token);
        return (summary, reports);

        void Report(WatchReport report)
        {
            lock (reports)
                reports.Add(report);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
