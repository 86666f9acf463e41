namespace FrozenSeg.EndToEnd.Tests.Browser;

/// <summary>Somebody before the page for the first time.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private Visit(Chromium browser, Page page)
    {
        Browser = browser;
        Page = page;
    }

    /// <summary>The browser.</summary>
    public Chromium Browser { get; }

    /// <summary>The page, ready.</summary>
    public Page Page { get; }

    /// <summary>Opens the page as a browser does that has never seen it, and waits until it is ready.</summary>
    public static async Task<Visit> BeginAsync(Chromium browser, Uri address)
    {
        Page page = await browser.OpenAsync(address);
        await page.EvaluateAsync<string>("(localStorage.clear(), 'forgotten')");
        await page.ReloadAsync();
        await page.WaitForAsync("at('method').options.length > 0");
        return new Visit(browser, page);
    }

    /// <summary>Segments a picture with few points.</summary>
    public async Task SegmentAsync(string picture)
    {
        await Page.ChooseFileAsync("#file", picture);
        await Page.WaitForAsync("state.picture");
        await Page.EvaluateAsync<string>(
            "(at('settings').value = 'points_per_side = 6\\npred_iou_thresh = 0\\nstability_score_thresh = 0')");
        await RunAsync();
    }

    /// <summary>Presses the button and waits for the end.</summary>
    public async Task RunAsync()
    {
        await Page.EvaluateAsync<string>("(announce(''), 'silent')");
        await Page.WaitForAsync("!at('go').disabled");
        await Page.ClickAsync("#go");
        await Page.WaitForAsync("!state.run && at('announcement').textContent");
        Assert.False(
            await Page.EvaluateAsync<bool>("at('note').classList.contains('bad')"),
            await Page.EvaluateAsync<string>("at('note').textContent"));
    }

    /// <summary>A point of the window over the picture.</summary>
    /// <param name="x">Share of the picture's width.</param>
    /// <param name="y">Share of its height.</param>
    public async Task<(double X, double Y)> OnCanvasAsync(double x, double y)
    {
        double[] at = await Page.EvaluateAsync<double[]>(FormattableString.Invariant($$"""
            (box => { const [left, top] = toScreen({{x}} * state.width, {{y}} * state.height); return [box.left + left, box.top + top]; })
            (canvas.getBoundingClientRect())
            """));
        return (at[0], at[1]);
    }

    /// <summary>Goes on with Tab until an element, or one inside it, has the focus.</summary>
    public async Task TabToAsync(string id)
    {
        for (int i = 0; i < 60; i++)
        {
            if (await Page.EvaluateAsync<bool>($"at('{id}').contains(document.activeElement)"))
                return;
            await Page.PressAsync("Tab");
        }

        Assert.Fail($"Tab never comes to {id}");
    }

    /// <summary>Keeps the page as a picture, for eyes: FROZENSEG_SCREENSHOTS names a folder.</summary>
    public async Task SaveAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("FROZENSEG_SCREENSHOTS") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, name), await Page.ScreenshotAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        await Page.DisposeAsync();
    }
}
