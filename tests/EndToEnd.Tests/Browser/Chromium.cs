using System.Diagnostics;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests.Browser;

/// <summary>A Chromium without a window, driven through its DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Announcement = "DevTools listening on ";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly TemporaryFolder _profile;

    private Chromium(Process process, TemporaryFolder profile, Uri devTools)
    {
        _process = process;
        _profile = profile;
        DevTools = devTools;
    }

    /// <summary>The program; null when there is none.</summary>
    public static string? Path { get; } = Find();

    /// <summary>Address of the DevTools.</summary>
    public Uri DevTools { get; }

    /// <summary>Starts the browser.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var profile = new TemporaryFolder();
        var start = new ProcessStartInfo(Path!)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--hide-scrollbars",
                "--disable-background-networking", "--window-size=1440,900", "--remote-debugging-port=0",
                $"--user-data-dir={profile.Root}", "about:blank",
            },
        };
        Process process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        while (await process.StandardError.ReadLineAsync(patience.Token) is string line)
        {
            if (!line.StartsWith(Announcement, StringComparison.Ordinal))
                continue;
            _ = process.StandardError.ReadToEndAsync();
            return new Chromium(process, profile, new Uri(line[Announcement.Length..].Trim()));
        }

        throw new InvalidOperationException("Chromium ended before it could be driven.");
    }

    /// <summary>Opens an address.</summary>
    public async Task<Page> OpenAsync(Uri address)
    {
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.PutAsync(
            new Uri($"http://{DevTools.Authority}/json/new?about:blank"), null);
        Page page = await Page.AttachAsync(await answer.Content.ReadAsStringAsync());
        await page.GoAsync(address);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        try
        {
            _profile.Dispose();
        }
        catch (IOException)
        {
            // A helper of the browser may still be writing; the folder is temporary.
        }
    }

    private static string? Find() => Environment.GetEnvironmentVariable("FROZENSEG_CHROMIUM") is { Length: > 0 } named
        ? named
        : Names.SelectMany(
            name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .Select(folder => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
