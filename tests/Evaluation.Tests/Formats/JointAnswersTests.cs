using System.Text.Json;
using FrozenSeg.Evaluation.Conversion;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Formats;

/// <summary>
/// A document that answers two tasks: a meadow and a cat on it, and after them two instances, one of which the surest
/// cat is. Each form takes the answer it is for.
/// </summary>
public sealed class JointAnswersTests : IDisposable
{
    private const int Height = 4, Width = 6, Meadow = 1, Cat = 2;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Convert_CocoPanoptic_PaintsPanopticSegmentsAlone(bool withMap)
    {
        Write(withMap, "panoptic", "instance");

        Assert.Equal(
            ["a.jpg: 2 instances are another answer than the panoptic one and left out"], Convert("coco-panoptic"));

        LabelMap map = PanopticPng.Read(File.ReadAllBytes(_folder.Path("out", "panoptic", "a.png")), "a.png");
        Assert.Equal(PanopticMap().Labels.ToArray(), map.Labels.ToArray());
    }

    [Theory]
    [InlineData("coco-panoptic", "2 instances")]
    [InlineData("coco-instances", "2 panoptic segments")]
    [InlineData("semantic-png", "2 instances")]
    public void Convert_DocumentThatLeftItsMapBehind_TellsTheAnswersApartByTheirMasks(string form, string left)
    {
        Write(withMap: true, "panoptic", "instance");
        File.Delete(_folder.Path("in", "panoptic.png"));

        Assert.Contains($"a.jpg: {left} are another answer", Convert(form)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_SemanticPng_PaintsPanopticSegmentsAlone()
    {
        Write(withMap: true, "panoptic", "instance");

        Convert("semantic-png");

        LabelMap map = LabelMapPng.Read(File.ReadAllBytes(_folder.Path("out", "semantic", "a.png")), "a.png");
        Assert.Equal(Array.ConvertAll(PanopticMap().Labels.ToArray(), id => id - 1), map.Labels.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Convert_CocoInstances_HoldsInstancesAlone(bool withMap)
    {
        Write(withMap, "panoptic", "instance");

        Assert.Equal(
            ["a.jpg: 2 panoptic segments are another answer than the instances and left out"],
            Convert("coco-instances"));

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(_folder.Path("out", "results.json")));
        Assert.Equal(
            [0.99, 0.5], json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("score").GetDouble()));
        EvaluationReport against = InstanceEvaluation.Run(
            _folder.Path("out", "instances.json"),
            _folder.Path("in"),
            AveragePrecisionOptions.Coco,
            new EvaluationOptions());
        Assert.Equal(1, against.Groups[0].Figures[0].Value!.Value, 1e-9);
    }

    [Fact]
    public void Convert_SameSegmentsForBothTasks_AreInBothForms()
    {
        Write(withMap: true, ["panoptic", "instance"], panopticAlone: true);

        Assert.Empty(Convert("coco-panoptic"));
        Assert.Empty(Convert("coco-instances"));
    }

    private IReadOnlyList<string> Convert(string form) =>
        ResultConversion.Convert(_folder.Path("in"), form, _folder.Path("out")).Warnings;

    private void Write(bool withMap, params string[] tasks) => Write(withMap, tasks, panopticAlone: false);

    private void Write(bool withMap, string[] tasks, bool panopticAlone)
    {
        LabelMap map = PanopticMap();
        BinaryMask cat = map.MaskOf(Cat), larger = map.MaskOf(Cat);
        larger[0, 0] = true;
        ResultSegment[] segments =
        [
            Segment(1, map.MaskOf(Meadow), 0, 0.6),
            Segment(2, cat, 1, 0.7),
            Segment(3, larger, 1, 0.99),
            Segment(4, cat, 1, 0.5),
        ];
        var result = new SegmentationResult
        {
            Image = new ResultImage("a.jpg", Width, Height, "", 1),
            Request = new ResultRequest("frozenseg", tasks, "meadow; cat", "custom", new Dictionary<string, string>()),
            Vocabulary =
                [new ResultCategory(0, "meadow", ["meadow"], false), new ResultCategory(1, "cat", ["cat"], true)],
            Segments = panopticAlone ? segments[..2] : segments,
            Files = new ResultFiles(withMap ? "panoptic.png" : null, null, null, null),
            Models = [],
            Timings = [],
        };
        Directory.CreateDirectory(_folder.Path("in"));
        _folder.Write("in/result.json", ResultJsonContext.Write(result));
        if (withMap)
            _folder.Write("in/panoptic.png", PanopticPng.Write(map));
    }

    // A cat in the middle of a meadow.
    private static LabelMap PanopticMap()
    {
        var map = new LabelMap(Height, Width);
        for (int i = 0; i < map.Labels.Length; i++)
            map.Labels[i] = i / Width is 1 or 2 && i % Width is 2 or 3 ? Cat : Meadow;
        return map;
    }

    private static ResultSegment Segment(int id, BinaryMask mask, int category, double score) => ResultSegment.Of(
        id,
        RunLengthEncoding.FromMask(mask),
        category,
        category == 0 ? "meadow" : "cat",
        null,
        score,
        category == 1,
        SegmentSource.Proposal);
}
