using FrozenSeg.EndToEnd.Tests.Browser;
using FrozenSeg.Pipeline.Imaging.Codecs;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class ServicePageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task Page_PictureChosen_ShowsStagesAndSegmentsOneCanHoverAndSwitch()
    {
        string picture = _folder.Write("blobs.png", ImageCodecs.Default.EncodePng(TestPicture.Make(120, 160)));
        await using ServedProcess service = await ServedProcess.StartAsync("--state", _folder.Path("state"), "--threads", "1");
        await using Chromium browser = await Chromium.StartAsync();
        await using Page page = await browser.OpenAsync(service.Address);
        await page.WaitForAsync("document.getElementById('method').options.length > 0");

        await page.ChooseFileAsync("#file", picture);
        await page.WaitForAsync("!document.getElementById('go').disabled");
        await page.EvaluateAsync<string>("document.getElementById('settings').value = 'points_per_side = 6'");
        await page.ClickAsync("#go");
        await page.WaitForAsync("document.querySelectorAll('#list li').length > 0");

        Assert.Equal(4, await page.EvaluateAsync<int>("document.querySelectorAll('#stages li.done, #stages li.skipped').length"));
        await AssertHoverShowsSegmentAsync(page);
        await AssertClickHidesSegmentAsync(page);
        Assert.True(await page.EvaluateAsync<bool>(
            "performance.getEntriesByType('resource').every(entry => entry.name.startsWith(location.origin) || entry.name.startsWith('blob:') || entry.name.startsWith('data:'))"));
        Assert.Empty(page.Errors);
        await SaveAsync(page);
    }

    [ChromiumFact]
    public async Task Page_TextNamedAsPicture_SaysWhatIsWrong()
    {
        string picture = _folder.Write("text.jpg", "this is no picture"u8.ToArray());
        await using ServedProcess service = await ServedProcess.StartAsync("--state", _folder.Path("state"));
        await using Chromium browser = await Chromium.StartAsync();
        await using Page page = await browser.OpenAsync(service.Address);
        await page.WaitForAsync("document.getElementById('method').options.length > 0");

        await page.ChooseFileAsync("#file", picture);
        await page.ClickAsync("#go");
        await page.WaitForAsync("document.getElementById('note').classList.contains('bad')");

        Assert.Contains("text.jpg", await page.EvaluateAsync<string>("document.getElementById('note').textContent"), StringComparison.Ordinal);
        Assert.Equal(1, await page.EvaluateAsync<int>("document.querySelectorAll('#stages li.failed').length"));
    }

    private static async Task AssertHoverShowsSegmentAsync(Page page)
    {
        double[] at = await page.EvaluateAsync<double[]>("""
            (() => {
              const canvas = document.getElementById('canvas'), box = canvas.getBoundingClientRect(), pixel = state.labels.findIndex(label => label > 0);
              return [box.left + (pixel % canvas.width + .5) / canvas.width * box.width, box.top + (Math.floor(pixel / canvas.width) + .5) / canvas.height * box.height];
            })()
            """);
        await page.MoveMouseAsync(at[0], at[1]);
        await page.WaitForAsync("!document.getElementById('tip').hidden && document.querySelectorAll('#list li.lit').length === 1");
    }

    private static async Task AssertClickHidesSegmentAsync(Page page)
    {
        const string Shown = "new Set(state.labels).size";
        int before = await page.EvaluateAsync<int>(Shown);
        await page.ClickAsync("#none");
        Assert.Equal(1, await page.EvaluateAsync<int>(Shown));
        await page.ClickAsync("#list li");
        Assert.Equal(2, await page.EvaluateAsync<int>(Shown));
        await page.ClickAsync("#all");
        Assert.Equal(before, await page.EvaluateAsync<int>(Shown));
    }

    // For eyes: FROZENSEG_SCREENSHOTS names a folder.
    private static async Task SaveAsync(Page page)
    {
        if (Environment.GetEnvironmentVariable("FROZENSEG_SCREENSHOTS") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, "page.png"), await page.ScreenshotAsync());
    }
}
