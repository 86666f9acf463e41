using System.Diagnostics;
using System.Text;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>The worker as its own process, as in the cloud.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Completes when the process has ended, by itself or not.</summary>
    public Task Ended => _process.WaitForExitAsync();

    /// <summary>The folder with the built app.</summary>
    public static string ApplicationFolder { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "FrozenSeg.Functions", Path.GetFileName(
            Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))));

    /// <summary>Everything it wrote.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Processor time it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static WorkerProcess Start(Uri host, string workerId, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = ApplicationFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(ApplicationFolder, "FrozenSeg.Functions.dll"),
                "--functions-uri", host.ToString(),
                "--functions-worker-id", workerId,
                "--functions-request-id", Guid.NewGuid().ToString(),
                "--functions-grpc-max-message-length", "67108864",
            },
            Environment =
            {
                ["FUNCTIONS_APPLICATION_DIRECTORY"] = ApplicationFolder,
                ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
                ["DOTNET_gcServer"] = "0",
            },
        };
        foreach ((string name, string value) in settings)
            start.Environment[name] = value;

        var worker = new WorkerProcess(new Process { StartInfo = start });
        worker._process.OutputDataReceived += (_, line) => worker.Keep(line.Data);
        worker._process.ErrorDataReceived += (_, line) => worker.Keep(line.Data);
        worker._process.Start();
        worker._process.BeginOutputReadLine();
        worker._process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Ends it without warning, as a machine does that goes away.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
