using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests.Browser;

/// <summary>One service and one browser for all tests of the page, started when the first one needs them.</summary>
public sealed class PageBench : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServedProcess? _service;
    private Chromium? _browser;

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        if (_service is not null)
            await _service.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    /// <summary>Opens the page.</summary>
    internal async Task<Visit> VisitAsync()
    {
        _service ??= await ServedProcess.StartAsync(
            "--state", _folder.Path("state"), "--threads", "1", "--sam", "nano");
        _browser ??= await Chromium.StartAsync();
        return await Visit.BeginAsync(_browser, _service.Address);
    }
}
