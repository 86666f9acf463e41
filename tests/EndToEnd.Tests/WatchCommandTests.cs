using System.Diagnostics;
using System.Security.Cryptography;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Results;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class WatchCommandTests : IDisposable
{
    private const int Pictures = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Watch_KilledThreeTimes_DoesEveryPictureOnce()
    {
        string[] names = WritePictures();
        var reported = new List<string>();

        for (int kill = 1; kill <= 3; kill++)
            reported.AddRange(await WatchUntilAsync(results: kill * Pictures / 5));
        CommandLine last = CommandLine.Run(Arguments("--once"));
        reported.AddRange(Pictured(last.Output.Split('\n')));

        Assert.Equal((0, ""), (last.ExitCode, last.Errors));
        Assert.Equal(names, Results());
        Assert.All(names, AssertResultFitsPicture);
        Assert.Equal(reported.Count, reported.Distinct().Count());
    }

    [Fact]
    public void Watch_BadAndGoodPictures_EndSideBySide()
    {
        Directory.CreateDirectory(_folder.Path("in"));
        File.Copy(Fixtures.Path("images", "rgb.png"), _folder.Path("in", "good.png"));
        _folder.Write("in/text.jpg", "this is no picture"u8.ToArray());
        using (FileStream huge = File.Create(_folder.Path("in", "huge.png")))
            huge.SetLength(2L << 30);
        File.Copy(Fixtures.Path("images", "rgb.png"), _folder.Path("in", "odd.png"));
        _folder.Write("in/odd.png.json", """{"method":"magic"}"""u8.ToArray());

        CommandLine run = CommandLine.Run(Arguments("--once"));
        CommandLine again = CommandLine.Run(Arguments("--once"));

        Assert.Equal(1, run.ExitCode);
        Assert.True(File.Exists(_folder.Path("out", "good.png", "result.json")));
        Assert.Contains(
            "text.jpg", File.ReadAllText(_folder.Path("out", "text.jpg", "problem.json")), StringComparison.Ordinal);
        Assert.Contains(
            "magic", File.ReadAllText(_folder.Path("out", "odd.png", "problem.json")), StringComparison.Ordinal);
        Assert.Contains(
            "2,147,483,648 bytes",
            File.ReadAllText(_folder.Path("out", "huge.png", "problem.json")),
            StringComparison.Ordinal);
        Assert.Equal(3, run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal((0, ""), (again.ExitCode, again.Errors));
        Assert.Empty(Pictured(again.Output.Split('\n')));
    }

    [Theory]
    [InlineData("--method", "magic", "there is no method 'magic'")]
    [InlineData("--set", "points_per_side=0", "points")]
    [InlineData("--set", "points_per_side", "is not NAME=VALUE")]
    public void Watch_ImpossibleRequest_IsSaidBeforeTheFirstPicture(string option, string value, string found)
    {
        Directory.CreateDirectory(_folder.Path("in"));

        CommandLine run = CommandLine.Run("watch", _folder.Path("in"), "--out", _folder.Path("out"), option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(found, run.SingleError(), StringComparison.Ordinal);
    }

    private string[] WritePictures()
    {
        Directory.CreateDirectory(_folder.Path("in"));
        PixelImage image = TestPicture.Make(16, 16);
        for (int i = 0; i < Pictures; i++)
        {
            image.Pixel(i % 16, i / 16)[0] ^= 0x55;
            File.WriteAllBytes(_folder.Path("in", $"{i:D3}.png"), ImageCodec.EncodePng(image));
        }

        return [.. Enumerable.Range(0, Pictures).Select(i => $"{i:D3}.png")];
    }

    // Kills the program, as the system would, in the middle of its work.
    private async Task<IEnumerable<string>> WatchUntilAsync(int results)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "frozenseg.dll") },
        };
        foreach (string argument in Arguments())
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        var clock = Stopwatch.StartNew();
        while (Results().Length < results)
        {
            Assert.False(process.HasExited || clock.Elapsed > Patience, $"{Results().Length} results so far");
            await Task.Delay(5);
        }

        process.Kill();
        await process.WaitForExitAsync();
        return Pictured((await output).Split('\n'));
    }

    private string[] Arguments(params string[] more) =>
        [
            "watch", _folder.Path("in"), "--out", _folder.Path("out"), "--set", "points_per_side=2", "--threads", "1",
            .. more,
        ];

    private string[] Results() => !Directory.Exists(_folder.Path("out"))
        ? []
        : [.. Directory.GetDirectories(_folder.Path("out")).Select(
            path => Path.GetFileName(path)!).Where(name => name[0] != '.').Order(StringComparer.Ordinal)];

    private void AssertResultFitsPicture(string name)
    {
        SegmentationResult result = ResultJsonContext.Read(File.ReadAllBytes(_folder.Path("out", name, "result.json")));
        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder.Path("in", name))));
        Assert.Equal((name, hash), (result.Image.Name, result.Image.Sha256));
        Assert.Equal(
            ["overlay.png", "result.json"],
            Directory.GetFiles(_folder.Path("out", name)).Select(Path.GetFileName).Order());
    }

    private static IEnumerable<string> Pictured(IEnumerable<string> lines) =>
        lines.Where(line => line.EndsWith(" segments", StringComparison.Ordinal)).Select(line => line.Split(':')[0]);
}
