using System.Text.Json;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Evaluation.Recall;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Semantic;
using FrozenSeg.Evaluation.Tests.Panoptic;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Formats;

/// <summary>What <c>segment</c> writes is measured as it is.</summary>
public sealed class ResultFolderTests : IDisposable
{
    private static readonly int[] Pixels = [1, 1, 2, 2, 2, 0];

    private readonly TemporaryFolder _folder = new();
    private readonly string _panoptic;

    public ResultFolderTests()
    {
        // The annotations number classes and segments otherwise than the results.
        _panoptic = new PanopticFixture(_folder).Write("gt", (7, [9, 9, 4, 4, 4, 0], [(9, 1, 0), (4, 2, 0)]));
        Write("grass (stuff); cat");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Panoptic_ResultFolder_IsPairedByNames()
    {
        EvaluationReport evaluation = PanopticEvaluation.Run(
            _panoptic, _folder.Path("results"), null, new EvaluationOptions());

        Assert.All(evaluation.Groups, group => Assert.Equal(1, group.Figures[0].Value));
    }

    [Fact]
    public void Semantic_ResultFolder_IsPairedByNames()
    {
        Directory.CreateDirectory(_folder.Path("semantic"));
        File.WriteAllBytes(
            _folder.Path("semantic", "7.png"), LabelMapPng.Write(new LabelMap(1, 6, [0, 0, 1, 1, 1, 255])));
        DatasetClass[] classes = [new(0, "cat", true), new(1, "grass", false)];

        EvaluationReport evaluation = SemanticEvaluation.Run(
            _folder.Path("semantic"), _folder.Path("results"), new SemanticOptions
            {
                Classes = classes,
            }, new EvaluationOptions());

        Assert.Equal(1, evaluation.Groups[0].Figures[0].Value);
    }

    // Pascal VOC counts its background as class 0; as many classes as the annotations have are not a reason to go by
    // position.
    [Fact]
    public void Semantic_PublishedVocabularyWithBackground_IsPairedByNames()
    {
        var voc = new SegmentationOrder(Vocabulary.Named("voc-20"), [SegmentationTask.Semantic]);
        int cat = voc.Vocabulary!.Categories.Select(category => category.Name).ToList().IndexOf("cat");
        var outcome = new SegmentationOutcome
        {
            Segments = [],
            Models = [],
            Settings = new Dictionary<string, string>(),
            Timings = [],
            Semantic = new LabelMap(1, 3, [cat, SegmentationOutcome.VoidIndex, SegmentationOutcome.VoidIndex]),
            Background = "background",
        };
        SegmentationResult document = ResultWriter.Document(
            new ResultImage("8.jpg", 3, 1, "", 1), "car", voc, null, outcome);
        ResultWriter.Write(_folder.Path("voc", "8"), new PixelImage(3, 1), document, outcome);
        Directory.CreateDirectory(_folder.Path("semantic"));
        File.WriteAllBytes(_folder.Path("semantic", "8.png"), LabelMapPng.Write(new LabelMap(1, 3, [cat + 1, 0, 0])));
        DatasetClass[] classes =
        [
            new(0, "background", false),
            .. voc.Vocabulary.Categories.Select((category, i) => new DatasetClass(i + 1, category.Name, true)),
        ];

        EvaluationReport evaluation = SemanticEvaluation.Run(
            _folder.Path("semantic"), _folder.Path("voc"), new SemanticOptions
            {
                Classes = classes,
                Background = 0,
            }, new EvaluationOptions());

        Assert.Equal(1, evaluation.Groups[0].Figures[0].Value);
    }

    [Fact]
    public void Instance_ResultFolder_IsPairedByNames()
    {
        string truth = WriteInstances(area: 2);

        EvaluationReport evaluation = InstanceEvaluation.Run(
            truth, _folder.Path("results"), AveragePrecisionOptions.Coco, new EvaluationOptions());

        Assert.Equal(1, evaluation.Groups[0].Figures[0].Value!.Value, 1e-9);
    }

    [Fact]
    public void PanopticAndInstance_OneDocumentWithBoth_AreKeptApart()
    {
        Write("grass (stuff); cat", withInstances: true);
        string truth = WriteInstances(area: 3);

        Assert.Equal(1, PanopticEvaluation.Run(
            _panoptic, _folder.Path("results"), null, new EvaluationOptions()).Groups[0].Figures[0].Value);
        Assert.Equal(1, InstanceEvaluation.Run(
            truth, _folder.Path("results"), AveragePrecisionOptions.Coco, new EvaluationOptions())
            .Groups[0].Figures[0].Value!.Value, 1e-9);
    }

    [Fact]
    public void Recall_ResultFolder_IsPairedByNames()
    {
        EvaluationReport evaluation = RecallEvaluation.Run(
            _panoptic, _folder.Path("results"), null, new EvaluationOptions());

        Assert.Equal(1, evaluation.Groups[0].Figures.Single(figure => figure.Name == "R@0.9").Value);
    }

    [Fact]
    public void Panoptic_ClassTheDatasetLacks_IsNamed()
    {
        Write("meadow (stuff); cat");

        SegmentationProblem problem = Assert.Single(Assert.Throws<SegmentationProblemException>(
            () => PanopticEvaluation.Run(_panoptic, _folder.Path("results"), null, new EvaluationOptions())).Problems);

        Assert.Contains(
            "segment 2 is a 'meadow', which is not a class of the annotations",
            problem.Message,
            StringComparison.Ordinal);
    }

    // One cat, at the left of a row of six pixels.
    private string WriteInstances(int area) =>
        _folder.Write("instances.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            images = new[] { new { id = 70, file_name = "7.jpg", width = 6, height = 1 } },
            annotations = new[] { new
            {
                id = 1,
                image_id = 70,
                category_id = 1,
                area,
                iscrowd = 0,
                segmentation = new { size = new[] { 1, 6 }, counts = new[] { 0, area, 6 - area } },
            } },
            categories = new[] { new { id = 1, name = "cat" } },
        }));

    private void Write(string prompts, bool withInstances = false)
    {
        var order = new SegmentationOrder(Vocabulary.Parse(prompts),
        [
            SegmentationTask.Panoptic,
            SegmentationTask.Semantic,
            .. withInstances ? (SegmentationTask[])[SegmentationTask.Instance] : [],
        ]);
        var map = new LabelMap(1, Pixels.Length, Pixels);
        var outcome = new SegmentationOutcome
        {
            Segments =
            [
                ResultSegment.Of(
                    1, RunLengthEncoding.FromMask(map.MaskOf(1)), 1, "cat", null, 0.9, true, SegmentSource.Proposal),
                ResultSegment.Of(
                    2, RunLengthEncoding.FromMask(map.MaskOf(2)), 0, order.Vocabulary![0].Name, null, 0.8, false,
                    SegmentSource.Proposal),
                .. withInstances ? (ResultSegment[])[Instance()] : [],
            ],
            Models = [],
            Settings = new Dictionary<string, string>(),
            Timings = [],
            Panoptic = map,
            Semantic = new LabelMap(1, 6, [1, 1, 0, 0, 0, SegmentationOutcome.VoidIndex]),
        };
        SegmentationResult document = ResultWriter.Document(
            new ResultImage("7.jpg", Pixels.Length, 1, "", 1), "frozenseg", order, prompts, outcome);
        ResultWriter.Write(_folder.Path("results", "7"), new PixelImage(Pixels.Length, 1), document, outcome);
    }

    private static ResultSegment Instance() => ResultSegment.Of(
        3, new RunLengthEncoding(1, 6, [0, 3, 3]), 1, "cat", null, 0.7, true, SegmentSource.Proposal);
}
