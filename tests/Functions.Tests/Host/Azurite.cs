using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>The storage emulator, for the time of a test run.</summary>
internal sealed partial class Azurite : IAsyncDisposable
{
    // The account every emulator has; it is printed in the emulator's documentation.
    private const string Account = "devstoreaccount1";
    private const string AccountKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process _process;

    private Azurite(Process process, string connectionString)
    {
        _process = process;
        ConnectionString = connectionString;
    }

    /// <summary>Where <c>eng/azurite.sh</c> puts it.</summary>
    public static string Script { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "azurite", "node_modules", "azurite", "dist", "src", "azurite.js"));

    /// <summary>How clients reach it.</summary>
    public string ConnectionString { get; }

    public static async Task<Azurite> StartAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                Script, "--skipApiVersionCheck", "--inMemoryPersistence", "--disableTelemetry",
                "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            },
        };
        var process = new Process { StartInfo = start };
        process.Start();
        Uri blobs = await AddressAsync(process, cancellation);
        Uri queues = await AddressAsync(process, cancellation);
        await AddressAsync(process, cancellation);
        _ = process.StandardOutput.ReadToEndAsync(cancellation);
        return new Azurite(
            process,
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};BlobEndpoint={blobs}{Account};QueueEndpoint={queues}{Account}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<Uri> AddressAsync(Process process, CancellationToken cancellation)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellation) is string line)
        {
            if (Listening().Match(line) is { Success: true } match)
                return new Uri(match.Groups[1].Value);
        }

        throw new InvalidOperationException("The storage emulator ended before it listened.");
    }

    [GeneratedRegex(@"successfully listening (?:at|on) (http://\S+)")]
    private static partial Regex Listening();
}
