using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class RuntimeTelemetryTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    // ONNX Runtime would keep an id of the machine there, and events that wait to be sent.
    [Fact]
    public void Automask_InANewHome_LeavesNothingOfTheRuntimesMakers()
    {
        string picture = Path.Combine(RepositoryCopy.Original, "samples", "meadow.png");

        CommandLine run = CommandLine.RunAtHome(
            _home.Root, "automask", picture, "--out", _home.Path("meadow.json"), "--points-per-side", "2");

        Assert.Equal(0, run.ExitCode);
        Assert.True(File.Exists(_home.Path("meadow.json")));
        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(_home.Root, "*", SearchOption.AllDirectories),
            entry => entry.Contains("Microsoft", StringComparison.Ordinal)
                || entry.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase));
    }
}
