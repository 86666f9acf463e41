using System.Diagnostics;
using System.Globalization;

namespace FrozenSeg.EndToEnd.Tests;

/// <summary><c>frozenseg serve</c> as a process of its own, on a port the system chooses.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private const string Announcement = "listening on ";

    private readonly Process _process;

    private ServedProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>A figure of its memory, MB: <c>VmRSS</c>, what it has now, or <c>VmHWM</c>, the most it had.</summary>
    public int Megabytes(string figure) => File.ReadLines($"/proc/{_process.Id}/status")
        .Where(line => line.StartsWith(figure, StringComparison.Ordinal))
        .Select(line => int.Parse(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024)
        .Single();

    /// <summary>Starts the service.</summary>
    public static Task<ServedProcess> StartAsync(params string[] arguments) =>
        StartProgramAsync(["serve", "--urls", "http://127.0.0.1:0", .. arguments]);

    /// <summary>Starts a command that says where it listens.</summary>
    public static async Task<ServedProcess> StartProgramAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "frozenseg.dll") },
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is string line)
        {
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
                return new ServedProcess(process, new Uri(line[Announcement.Length..].Trim()));
        }

        throw new InvalidOperationException($"frozenseg {arguments[0]} ended: {await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
