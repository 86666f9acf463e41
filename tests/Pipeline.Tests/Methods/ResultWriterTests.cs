using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Methods;

public sealed class ResultWriterTests : IDisposable
{
    private static readonly SegmentationOrder Order = new(
        Vocabulary.Parse("cat; grass (stuff)"), [SegmentationTask.Panoptic, SegmentationTask.Semantic]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_LeavesEveryFileTheDocumentNames()
    {
        SegmentationResult document = Write();

        Assert.Equal(
            ["overlay.png", "panoptic.json", "panoptic.png", "result.json", "semantic.png"],
            Directory.GetFiles(_folder.Root).Select(Path.GetFileName).Order());
        Assert.Equal(
            document.Segments.Count,
            ResultJsonContext.Read(File.ReadAllBytes(_folder.Path("result.json"))).Segments.Count);
        Assert.Equal(["panoptic", "semantic"], document.Request.Tasks);
    }

    [Fact]
    public void Write_Maps_HoldIdsAndIndicesWithVoid()
    {
        Write();

        LabelMap panoptic = PanopticPng.Read(File.ReadAllBytes(_folder.Path("panoptic.png")), "panoptic.png");
        LabelMap semantic = LabelMapPng.Read(File.ReadAllBytes(_folder.Path("semantic.png")), "semantic.png");
        Assert.Equal([1, 1, 2, 0], panoptic.Labels.ToArray());
        Assert.Equal([0, 0, 1, 255], semantic.Labels.ToArray());
    }

    [Fact]
    public void Write_PanopticJson_IsInCocosForm()
    {
        Write();

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(_folder.Path("panoptic.json")));
        JsonElement segments = json.RootElement.GetProperty("annotations")[0].GetProperty("segments_info"),
            segment = segments[0];
        // An instance beside the map is not a segment of it.
        Assert.Equal(2, segments.GetArrayLength());
        Assert.Equal((1, 0, 2), (
            segment.GetProperty("id").GetInt32(),
            segment.GetProperty("category_id").GetInt32(),
            segment.GetProperty("area").GetInt32()));
        Assert.Equal(0, json.RootElement.GetProperty("categories")[1].GetProperty("isthing").GetInt32());
    }

    [Theory]
    [InlineData("cat; grass (stuff)", 2)]
    [InlineData("cat, kitten", 1)]
    public void Write_Background_IsAClassAfterTheOthers(string prompts, int index)
    {
        var order = new SegmentationOrder(Vocabulary.Parse(prompts), [SegmentationTask.Semantic]);

        SegmentationResult document = Write(order, "background");

        Assert.Equal(index + 1, document.Vocabulary.Count);
        Assert.Equal(("background", false), (document.Vocabulary[index].Name, document.Vocabulary[index].IsThing));
        Assert.DoesNotContain(
            document.Vocabulary[index].Id, document.Vocabulary.Take(index).Select(category => category.Id));
        LabelMap semantic = LabelMapPng.Read(File.ReadAllBytes(_folder.Path("semantic.png")), "semantic.png");
        Assert.Equal(index, semantic[1, 1]);
    }

    [Theory]
    [InlineData(255, 8)]
    [InlineData(256, 16)]
    public void Write_Semantic_HasTheDepthOfItsVocabulary(int classes, int bits)
    {
        var order = new SegmentationOrder(
            Vocabulary.Parse(string.Join("; ", Enumerable.Range(0, classes).Select(i => $"thing {i}"))),
            [SegmentationTask.Semantic]);

        Write(order, background: null);

        // The depth is in byte 24 of a PNG.
        Assert.Equal(bits, File.ReadAllBytes(_folder.Path("semantic.png"))[24]);
    }

    [Fact]
    public void Write_BackgroundOfVoc_HasTheDatasetsId()
    {
        var order = new SegmentationOrder(Vocabulary.Named("voc-20"), [SegmentationTask.Semantic]);

        IReadOnlyList<ResultCategory> categories = Write(order, "background").Vocabulary;

        Assert.Equal((21, 0), (categories.Count, categories[^1].Id));
    }

    [Fact]
    public void Write_OverAnEarlierResult_LeavesNothingOfIt()
    {
        Write();
        _folder.Write("notes.txt", [1]);

        Write(Order, background: null, [OutputFormat.Semantic]);

        Assert.Equal(
            ["notes.txt", "result.json", "semantic.png"],
            Directory.GetFiles(_folder.Root).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"mine":true}""")]
    [InlineData("nonsense")]
    public void Write_BesideFilesOfSomebodyElse_KeepsThem(string? document)
    {
        _folder.Write("panoptic.png", [1]);
        if (document is not null)
            File.WriteAllText(_folder.Path("result.json"), document);

        Write(Order, background: null, [OutputFormat.Semantic]);

        Assert.Equal([1], File.ReadAllBytes(_folder.Path("panoptic.png")));
    }

    [Fact]
    public void Write_FolderInThePlaceOfAnUnwantedFile_StaysAndIsNoProblem()
    {
        Write(Order, background: null, [OutputFormat.Panoptic]);
        File.Delete(_folder.Path("panoptic.png"));
        Directory.CreateDirectory(_folder.Path("panoptic.png"));

        Write(Order, background: null, [OutputFormat.Semantic]);

        Assert.True(Directory.Exists(_folder.Path("panoptic.png")));
    }

    private SegmentationResult Write() => Write(Order, background: null);

    private SegmentationResult Write(
        SegmentationOrder order, string? background, IReadOnlyCollection<OutputFormat>? outputs = null)
    {
        var panoptic = new LabelMap(2, 2, [1, 1, 2, 0]);
        var outcome = new SegmentationOutcome
        {
            Segments =
            [
                ResultSegment.Of(
                    1,
                    RunLengthEncoding.FromMask(panoptic.MaskOf(1)),
                    0,
                    "cat",
                    null,
                    0.9,
                    true,
                    SegmentSource.Proposal),
                ResultSegment.Of(
                    2, RunLengthEncoding.FromMask(panoptic.MaskOf(2)), 1, "grass", null, 0.8, false,
                    SegmentSource.Proposal),
                ResultSegment.Of(
                    3,
                    RunLengthEncoding.FromMask(panoptic.MaskOf(1)),
                    0,
                    "cat",
                    null,
                    0.7,
                    true,
                    SegmentSource.Proposal),
            ],
            Models = [],
            Settings = new Dictionary<string, string>(),
            Timings = [],
            Panoptic = panoptic,
            Semantic = new LabelMap(2, 2, [0, 0, order.Vocabulary!.Count - 1, SegmentationOutcome.VoidIndex]),
            Background = background,
        };
        SegmentationResult document = ResultWriter.Document(
            new ResultImage("a.png", 2, 2, "", 1), "frozenseg", order, "cat; grass (stuff)", outcome, outputs);
        ResultWriter.Write(_folder.Root, new PixelImage(2, 2), document, outcome);
        return document;
    }
}
