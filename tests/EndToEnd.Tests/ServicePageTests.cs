using FrozenSeg.EndToEnd.Tests.Browser;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class ServicePageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task Page_PictureChosen_ShowsStagesAndSegmentsOneCanHoverAndSwitch()
    {
        string picture = _folder.Write("blobs.png", ImageCodec.EncodePng(TestPicture.Make(120, 160)));
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
        await SaveAsync(page, "page.png");
    }

    [ChromiumFact]
    public async Task Page_BundledScene_IsSegmentedByEveryMethodWithoutTheInternet()
    {
        string scene = Path.Combine(RepositoryCopy.Original, "samples", "scenes", "two-cars.png");
        await using ServedProcess service = await ServedProcess.StartAsync("--state", _folder.Path("state"));
        await using Chromium browser = await Chromium.StartAsync();
        await using Page page = await browser.OpenAsync(service.Address);
        await page.WaitForAsync("document.getElementById('method').options.length > 0");
        await page.ChooseFileAsync("#file", scene);
        string[] methods = await page.EvaluateAsync<string[]>("state.methods.map(method => method.name)");

        foreach (string method in methods)
        {
            await page.EvaluateAsync<string>($"(at('method').value = '{method}', at('method').dispatchEvent(new Event('change')), at('count').textContent = '', 'chosen')");
            await page.EvaluateAsync<string>("at('prompts').value = 'car; flower; cactus; fish; tree; moon; grass (stuff); sky (stuff); sand (stuff)'");
            await page.WaitForAsync("!at('go').disabled");
            await page.ClickAsync("#go");
            await page.WaitForAsync("at('count').textContent.endsWith('segments') || at('note').classList.contains('bad')");

            Assert.False(await page.EvaluateAsync<bool>("at('note').classList.contains('bad')"), await page.EvaluateAsync<string>("at('note').textContent"));
            Assert.True(await page.EvaluateAsync<int>("state.segments.length") > 1, method);
            await LightAsync(page, "car");
            await SaveAsync(page, $"page-{method}.png");
        }

        Assert.Contains("fused", methods);
        Assert.Empty(page.Errors);
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
              return [box.left + (pixel % state.width + .5) / state.width * box.width, box.top + (Math.floor(pixel / state.width) + .5) / state.height * box.height];
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

    // Rests the mouse on a segment of this name, if there is one.
    private static async Task LightAsync(Page page, string title)
    {
        double[]? at = await page.EvaluateAsync<double[]?>($$"""
            (() => {
              const label = state.segments.findIndex(segment => segment.title === '{{title}}') + 1, pixels = [];
              state.labels.forEach((found, pixel) => { if (label && found === label) pixels.push(pixel); });
              if (!pixels.length) return null;
              const canvas = at('canvas'), box = canvas.getBoundingClientRect(), pixel = pixels[pixels.length >> 1];
              return [box.left + (pixel % state.width + .5) / state.width * box.width, box.top + (Math.floor(pixel / state.width) + .5) / state.height * box.height];
            })()
            """);
        if (at is not null)
            await page.MoveMouseAsync(at[0], at[1]);
    }

    // For eyes: FROZENSEG_SCREENSHOTS names a folder.
    private static async Task SaveAsync(Page page, string name)
    {
        if (Environment.GetEnvironmentVariable("FROZENSEG_SCREENSHOTS") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, name), await page.ScreenshotAsync());
    }
}
