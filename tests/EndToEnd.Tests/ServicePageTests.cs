using FrozenSeg.EndToEnd.Tests.Browser;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class ServicePageTests(PageBench bench) : IClassFixture<PageBench>, IDisposable
{
    private const string Words = "car\\nflower; cactus; fish; tree; moon; grass (stuff); sky (stuff); sand (stuff)";

    private static readonly string Scene = Path.Combine(RepositoryCopy.Original, "samples", "scenes", "two-cars.png");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task Page_PictureChosen_ShowsStagesAndSegmentsOneCanHoverAndSwitch()
    {
        await using Visit visit = await bench.VisitAsync();
        Page page = visit.Page;

        await visit.SegmentAsync(Blobs());

        Assert.Equal(
            4,
            await page.EvaluateAsync<int>("document.querySelectorAll('#stages li.done, #stages li.skipped').length"));
        await AssertHoverShowsSegmentAsync(page);
        await AssertClickHidesSegmentAsync(page);
        Assert.True(await page.EvaluateAsync<bool>(
            "performance.getEntriesByType('resource').every(entry => entry.name.startsWith(location.origin) || "
                + "entry.name.startsWith('blob:') || entry.name.startsWith('data:'))"));
        Assert.Empty(page.Errors);
        await visit.SaveAsync("page.png");
    }

    [Trait("Suite", "Slow")]
    [ChromiumFact]
    public async Task Page_BundledScene_IsSegmentedByEveryMethodWithoutTheInternet()
    {
        await using Visit visit = await bench.VisitAsync();
        Page page = visit.Page;
        await page.ChooseFileAsync("#file", Scene);
        string[] methods = await page.EvaluateAsync<string[]>("state.methods.map(method => method.name)");

        foreach (string method in methods)
        {
            await page.EvaluateAsync<string>(
                $"(at('method').value = '{method}', methodChanged(), at('prompts').value = '{Words}', 'chosen')");
            await visit.RunAsync();

            Assert.True(await page.EvaluateAsync<int>("state.segments.length") > 1, method);
            await visit.SaveAsync($"page-{method}.png");
        }

        Assert.Contains("fused", methods);
        Assert.Contains("car", await page.EvaluateAsync<string[]>("state.segments.map(segment => segment.title)"));
        Assert.Empty(page.Errors);
    }

    [ChromiumFact]
    public async Task Page_RefusedFileAfterAResult_SaysWhatIsWrongAndShowsNothingOfIt()
    {
        await using Visit visit = await bench.VisitAsync();
        Page page = visit.Page;
        await visit.SegmentAsync(Blobs());

        await page.ChooseFileAsync("#file", _folder.Write("text.jpg", "this is not a picture"u8.ToArray()));
        await page.ClickAsync("#go");
        await page.WaitForAsync("at('note').classList.contains('bad')");

        Assert.Contains(
            "text.jpg", await page.EvaluateAsync<string>("at('note').textContent"), StringComparison.Ordinal);
        Assert.Equal(1, await page.EvaluateAsync<int>("document.querySelectorAll('#stages li.failed').length"));
        Assert.Equal((0, true, true), (
            await page.EvaluateAsync<int>("state.segments.length"),
            await page.EvaluateAsync<bool>("at('canvas').hidden"),
            await page.EvaluateAsync<bool>("!document.querySelector('#list li')")));
    }

    [ChromiumFact]
    public async Task Page_AnotherPictureChosenMeanwhile_ShowsTheMasksOnTheirOwnPicture()
    {
        await using Visit visit = await bench.VisitAsync();
        Page page = visit.Page;
        await page.ChooseFileAsync("#file", Blobs());
        await page.WaitForAsync("state.picture");
        await page.EvaluateAsync<string>("(at('settings').value = 'points_per_side = 24')");
        await page.ClickAsync("#go");

        await page.ChooseFileAsync("#file", Scene);
        bool mayStartAnother = await page.EvaluateAsync<bool>("!at('go').disabled && !state.run");
        await page.WaitForAsync("!state.run");

        Assert.False(mayStartAnother);
        Assert.Equal((160, 120), (await page.EvaluateAsync<int>("state.picture.width"), await page.EvaluateAsync<int>(
            "state.picture.height")));
        Assert.Equal("two-cars.png", await page.EvaluateAsync<string>("state.file.name"));
        Assert.Equal("blobs.png", await page.EvaluateAsync<string>("state.shown.file.name"));
    }

    [ChromiumFact]
    public async Task Page_LinesWordsAndSettings_AreReadOrRefusedByName()
    {
        await using Visit visit = await bench.VisitAsync();
        Page page = visit.Page;
        await page.ChooseFileAsync("#file", Blobs());
        await page.WaitForAsync("state.picture");

        Assert.Equal(
            ["cat, kitten", "dog", "grass (stuff)"],
            await page.EvaluateAsync<string[]>("wordsOf('cat, kitten\\ndog; grass (stuff)\\n\\n')"));
        await page.EvaluateAsync<string>("(at('settings').value = 'points_per_side = 8\\npoints 16')");
        await page.ClickAsync("#go");

        Assert.Contains(
            "points 16", await page.EvaluateAsync<string>("at('note').textContent"), StringComparison.Ordinal);
        Assert.False(await page.EvaluateAsync<bool>("!!state.run"));
    }

    [ChromiumFact]
    public async Task Page_Stopped_HasNothingThatTurns()
    {
        await using Visit visit = await bench.VisitAsync();
        Page page = visit.Page;
        await page.ChooseFileAsync("#file", Blobs());
        await page.EvaluateAsync<string>("(at('settings').value = 'points_per_side = 200')");
        await page.WaitForAsync("!at('go').disabled");
        await page.ClickAsync("#go");
        await page.WaitForAsync("document.querySelector('#stages .running')");

        await page.ClickAsync("#stop");
        await page.WaitForAsync("!state.run");

        Assert.Equal(("Stopped.", 0), (
            await page.EvaluateAsync<string>("at('note').textContent"),
            await page.EvaluateAsync<int>("document.querySelectorAll('.running').length")));
        Assert.True(await page.EvaluateAsync<bool>("at('stop').hidden && !at('go').disabled"));
    }

    [ChromiumFact]
    public async Task Page_PointsAndBox_AreAnsweredKeptAndTakenBack()
    {
        await using Visit visit = await bench.VisitAsync();
        Page page = visit.Page;
        await page.ChooseFileAsync("#file", Scene);
        await page.WaitForAsync("state.picture");
        await page.ClickAsync("#mode-point");
        (double x, double y) = await visit.OnCanvasAsync(0.5, 0.5);

        await page.ClickAtAsync(x, y);
        await page.WaitForAsync("prompting.map");
        Assert.Equal(3, await page.EvaluateAsync<int>("prompting.answer.masks.length"));
        await page.ClickAtAsync(x + 40, y);
        await page.WaitForAsync("prompting.answer.steps === 2");
        Assert.Equal(1, await page.EvaluateAsync<int>("prompting.answer.masks.length"));
        await page.ClickAsync("#undo");
        await page.WaitForAsync("prompting.answer.steps === 1");
        await page.ClickAsync("#keep");
        Assert.Equal(1, await page.EvaluateAsync<int>("state.segments.length"));

        await page.ClickAsync("#mode-box");
        await page.DragAsync(await visit.OnCanvasAsync(0.2, 0.2), await visit.OnCanvasAsync(0.7, 0.8));
        await page.WaitForAsync("prompting.map");
        Assert.Equal(1, await page.EvaluateAsync<int>("prompting.steps.filter(step => step.box).length"));
        await visit.SaveAsync("page-prompts.png");
        Assert.Empty(page.Errors);
    }

    [ChromiumFact]
    public async Task Page_AddressOfASegmentation_ShowsItAgainAfterReloadAndElsewhere()
    {
        await using Visit visit = await bench.VisitAsync();
        Page page = visit.Page;
        await visit.SegmentAsync(Blobs());
        int segments = await page.EvaluateAsync<int>("state.segments.length");
        var address = new Uri(await page.EvaluateAsync<string>("location.href"));

        await using Page other = await visit.Browser.OpenAsync(address);
        await other.WaitForAsync("state.shown && !state.run");

        Assert.Equal(segments, await other.EvaluateAsync<int>("state.segments.length"));
        Assert.Equal(1, await page.EvaluateAsync<int>("document.querySelectorAll('#jobs li').length"));

        // Elsewhere nothing was typed: the form is filled from the result, so running it again asks the same.
        await other.ClickAsync("#go");
        await other.WaitForAsync($"!state.run && state.shown?.id && location.href !== '{address}'");
        Assert.Equal(
            await page.EvaluateAsync<string>(
                "JSON.stringify([state.shown.result.request, state.shown.result.segments])"),
            await other.EvaluateAsync<string>(
                "JSON.stringify([state.shown.result.request, state.shown.result.segments])"));
    }

    [ChromiumFact]
    public async Task Page_EveryFormOfConvert_CanBeSaved()
    {
        await using Visit visit = await bench.VisitAsync();
        Page page = visit.Page;
        await visit.SegmentAsync(Blobs());

        string[] refused = await page.EvaluateAsync<string[]>("""
            Promise.all(state.exports.map(async form => {
              const answer = await call(`/api/exports/${form}`, { method: "POST", body: JSON.stringify(currentResult()) });
              return answer.ok && (await answer.blob()).size > 0 ? null : `${form}: ${await answer.text()}`;
            })).then(answers => answers.filter(Boolean))
            """);

        Assert.Empty(refused);
        Assert.True(await page.EvaluateAsync<int>("state.exports.length") >= 7);
    }

    [ChromiumFact]
    public async Task Page_KeyboardAlone_ChoosesAPointKeepsItsMaskAndHidesIt()
    {
        await using Visit visit = await bench.VisitAsync();
        Page page = visit.Page;
        await page.ChooseFileAsync("#file", Scene);
        await page.WaitForAsync("state.picture");

        await visit.TabToAsync("mode-point");
        await page.PressAsync("Enter");
        await visit.TabToAsync("canvas");
        await page.PressAsync("ArrowRight");
        await page.PressAsync("Enter");
        await page.WaitForAsync("prompting.map");
        await page.PressAsync("k");
        await page.WaitForAsync("state.segments.length === 1");
        await visit.TabToAsync("list");
        await page.PressAsync(" ");

        Assert.Equal("false", await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-pressed')"));
        Assert.Equal("Kept.", await page.EvaluateAsync<string>("at('announcement').textContent"));
    }

    [ChromiumFact]
    public async Task Page_ForScreenReaders_NamesEverythingAndSaysWhenItIsDone()
    {
        await using Visit visit = await bench.VisitAsync();
        Page page = visit.Page;
        await visit.SegmentAsync(Blobs());

        IReadOnlyList<(string Role, string Name)> heard = await page.AccessibleAsync();

        string[] needNames = ["button", "combobox", "textbox", "slider", "checkbox", "img", "progressbar", "list"];
        Assert.DoesNotContain(heard, node => needNames.Contains(node.Role) && node.Name.Length == 0);
        Assert.Contains(("button", "Segment"), heard);
        Assert.Contains(
            heard,
            node => node.Role == "button" && node.Name.Contains("of the picture, score", StringComparison.Ordinal));
        Assert.StartsWith(
            "Done: ", await page.EvaluateAsync<string>("at('announcement').textContent"), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task Page_OnAPhoneAndInTheDark_FitsAndBringsTheResultIntoView()
    {
        await using Visit visit = await bench.VisitAsync();
        Page page = visit.Page;
        await page.ResizeAsync(390, 844);
        await page.DarkenAsync();

        await visit.SegmentAsync(Blobs());

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"));
        await page.WaitForAsync("(box => box.top > -40 && box.top < 400)(at('stage').getBoundingClientRect())");
        Assert.Equal(
            "rgb(18, 22, 28)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        await visit.SaveAsync("page-phone.png");
    }

    [Trait("Suite", "Slow")]
    [ChromiumFact]
    public async Task Page_TwentyMegapixels_IsHoveredOverWithinAFrameOrTwo()
    {
        string picture = _folder.Write("large.png", ImageCodec.EncodePng(TestPicture.Make(4000, 5000)));
        await using Visit visit = await bench.VisitAsync();
        Page page = visit.Page;
        await page.ChooseFileAsync("#file", picture);
        await page.WaitForAsync("state.picture");
        await page.EvaluateAsync<string>("""
            (addSegment({ id: 1, label: "half", score: 1, area: 10000000, bbox: [0, 0, 2500, 4000], is_thing: true, source: "automask",
               segmentation: { size: [4000, 5000], counts: "0PdUa9PdUa9" } }), paint(), "painted")
            """);

        double milliseconds = await page.EvaluateAsync<double>("""
            (() => {
              const times = [];
              for (let i = 0; i < 9; i++) { state.lit = i % 2; const start = performance.now(); paint(); times.push(performance.now() - start); }
              return times.sort((a, b) => a - b)[4];
            })()
            """);

        // What is painted is as large as the screen: some 700,000 pixels; whole it would be 20 million, and most of a
        // second.
        Assert.True(await page.EvaluateAsync<bool>("canvas.width < 2000 && canvas.height < 2000"));
        Assert.True(milliseconds < 250, $"{milliseconds} ms");
    }

    private string Blobs() => _folder.Write("blobs.png", ImageCodec.EncodePng(TestPicture.Make(120, 160)));

    private static async Task AssertHoverShowsSegmentAsync(Page page)
    {
        double[] at = await page.EvaluateAsync<double[]>("""
            (() => {
              const box = canvas.getBoundingClientRect(), pixel = state.labels.findIndex(label => label > 0);
              const [x, y] = toScreen(pixel % state.width + .5, Math.floor(pixel / state.width) + .5);
              return [box.left + x, box.top + y];
            })()
            """);
        await page.MoveMouseAsync(at[0], at[1]);
        await page.WaitForAsync("!at('tip').hidden && document.querySelectorAll('#list .lit').length === 1");
    }

    private static async Task AssertClickHidesSegmentAsync(Page page)
    {
        const string Shown = "new Set(state.labels).size";
        int before = await page.EvaluateAsync<int>(Shown);
        await page.ClickAsync("#none");
        Assert.Equal(1, await page.EvaluateAsync<int>(Shown));
        await page.ClickAsync("#list button");
        Assert.Equal(2, await page.EvaluateAsync<int>(Shown));
        await page.ClickAsync("#all");
        Assert.Equal(before, await page.EvaluateAsync<int>(Shown));
    }
}
