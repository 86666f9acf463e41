using System.Text;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Instances;

public sealed class InstanceEvaluationTests : IDisposable
{
    private const string Truth = """
        {"images": [{"id": 3, "width": 4, "height": 2}],
         "annotations": [{"id": 1, "image_id": 3, "category_id": 5, "area": 4, "iscrowd": 0, "segmentation": [[0, 0, 2, 0, 2, 2, 0, 2]]}],
         "categories": [{"id": 5, "name": "cat"}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_PolygonAndRunLengthsOfTheSamePixels_Match()
    {
        EvaluationReport evaluation = Run(
            Truth,
            """[{"image_id": 3, "category_id": 5, "score": 0.9, "segmentation": {"size": [2, 4], "counts": [0, 4, 4]}}]""");

        Assert.Equal(1, evaluation.Groups[0].Figures[0].Value!.Value, 1e-12);
        Assert.Equal(-1, evaluation.Groups[0].Figures.Single(figure => figure.Name == "APl").Value);
    }

    [Fact]
    public void Run_WithoutArea_IsNotThereForLvisAndIsForCoco()
    {
        const string Federated = """
            {"images": [{"id": 1, "width": 4, "height": 2, "neg_category_ids": [], "not_exhaustive_category_ids": []}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "area": 4, "segmentation": {"size": [2, 4], "counts": [0, 4, 4]}},
                             {"id": 2, "image_id": 1, "category_id": 1, "area": 0, "segmentation": {"size": [2, 4], "counts": [8]}}],
             "categories": [{"id": 1, "name": "cup", "frequency": "r"}]}
            """;
        const string Detections = """
            [{"image_id": 1, "category_id": 1, "score": 0.9, "segmentation": {"size": [2, 4], "counts": [8]}},
             {"image_id": 1, "category_id": 1, "score": 0.8, "segmentation": {"size": [2, 4], "counts": [0, 4, 4]}}]
            """;

        EvaluationReport lvis = Run(Federated, Detections, AveragePrecisionOptions.Lvis),
            coco = Run(Federated, Detections);

        Assert.Equal(1, lvis.Groups[0].Figures[0].Value!.Value, 1e-12);
        // The first detection is false, and one of two annotations is found: 0.5 up to a recall of 0.5.
        Assert.Equal(51 * 0.5 / 101, coco.Groups[0].Figures[0].Value!.Value, 1e-12);
        Assert.Contains("annotation 2: without a pixel, they count as missed", coco.Warnings);
    }

    [Fact]
    public void Run_BadInput_NamesEverythingAtOnce()
    {
        const string Detections = """
            [{"image_id": 4, "category_id": 5, "score": 0.9, "segmentation": {"size": [2, 4], "counts": [0, 4, 4]}},
             {"image_id": 3, "category_id": 6, "segmentation": {"size": [2, 4], "counts": [0, 4, 4]}},
             {"image_id": 3, "category_id": 5, "score": 0.9, "segmentation": {"size": [4, 2], "counts": [0, 4, 4]}},
             {"image_id": 3, "category_id": 5, "score": 0.9}]
            """;

        string[] messages = [.. Assert.Throws<SegmentationProblemException>(
            () => Run(Truth, Detections)).Problems.Select(problem => problem.Message)];

        Assert.Equal(5, messages.Length);
        Assert.Contains("detection 0: it belongs to image 4", messages[0], StringComparison.Ordinal);
        Assert.Contains(
            messages,
            message => message.Contains("detection 1: it has the unknown category 6", StringComparison.Ordinal));
        Assert.Contains(
            messages, message => message.Contains("detection 1: it has no score", StringComparison.Ordinal));
        Assert.Contains(
            messages, message => message.Contains("detection 2: the mask has the size 4×2", StringComparison.Ordinal));
        Assert.Contains(
            messages, message => message.Contains("detection 3: it has no segmentation", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_DamagedRunLengths_AreNamed()
    {
        const string Detections =
            """[{"image_id": 3, "category_id": 5, "score": 0.9, "segmentation": {"size": [2, 4], "counts": [0, 4]}}]""";

        SegmentationProblem problem = Assert.Single(
            Assert.Throws<SegmentationProblemException>(() => Run(Truth, Detections)).Problems);

        Assert.Contains("a detection of image 3: the runs cover 4 pixels", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new double[] { 1, 1, 3, 1, 3, 3, 1, 3 }, "0000 0110 0110 0000")]
    [InlineData(new double[] { 0, 0, 4, 0, 0, 4 }, "1110 1100 1000 0000")]
    [InlineData(new double[] { -5, -5, 9, -5, 9, 9, -5, 9 }, "1111 1111 1111 1111")]
    public void Fill_Polygon_CoversCocosPixels(double[] polygon, string rows)
    {
        BinaryMask mask = CocoPolygonRaster.Fill([polygon], 4, 4).ToMask();

        Assert.Equal(rows, string.Join(' ', Enumerable.Range(0, 4).Select(y => string.Concat(mask.Row(y).ToArray()))));
    }

    private EvaluationReport Run(string truth, string detections, AveragePrecisionOptions? rules = null) =>
        InstanceEvaluation.Run(
            _folder.Write("gt.json", Encoding.UTF8.GetBytes(truth)),
            _folder.Write("pred.json", Encoding.UTF8.GetBytes(detections)),
            rules ?? AveragePrecisionOptions.Coco,
            new EvaluationOptions());
}
