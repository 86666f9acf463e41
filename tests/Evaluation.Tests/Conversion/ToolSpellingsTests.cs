using System.Text;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Tests.Panoptic;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Conversion;

/// <summary>
/// Spellings of numbers and flags that Python's tools read, and what is said of those that nobody reads.
/// </summary>
public sealed class ToolSpellingsTests : IDisposable
{
    private const string Truth = """
        {"images": [{"id": 1, "width": 4, "height": 2, "file_name": "a.png"}],
         "annotations": [{"id": 1, "image_id": 1, "category_id": 5, "area": 4, "iscrowd": 0, "segmentation": {"size": [2, 4], "counts": [0, 4, 4]}}],
         "categories": [{"id": 5, "name": "cat", "isthing": 1}]}
        """;

    private const string Detections = """
        [{"image_id": 1, "category_id": 5, "score": 0.9, "segmentation": {"size": [2, 4], "counts": [0, 4, 4]}}]
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"category_id\": 5", "\"category_id\": 5.0")]
    [InlineData("\"category_id\": 5", "\"category_id\": \"5\"")]
    [InlineData("\"iscrowd\": 0", "\"iscrowd\": false")]
    [InlineData("\"iscrowd\": 0", "\"iscrowd\": null")]
    [InlineData("\"iscrowd\": 0", "\"iscrowd\": 0.0")]
    [InlineData("\"size\": [2, 4]", "\"size\": [2.0, 4.0]")]
    [InlineData("[0, 4, 4]", "[0.0, 4.0, 4.0]")]
    [InlineData("\"width\": 4", "\"width\": 4.0")]
    [InlineData("\"id\": 1", "\"id\": 1.0")]
    [InlineData("\"isthing\": 1", "\"isthing\": true")]
    public void Instances_OtherSpelling_ReadsTheSame(string plain, string spelling)
    {
        Assert.Contains(plain, Truth, StringComparison.Ordinal);

        EvaluationReport evaluation = Run(
            Truth.Replace(plain, spelling, StringComparison.Ordinal),
            Detections.Replace(plain, spelling, StringComparison.Ordinal));

        Assert.Equal(1, evaluation.Groups[0].Figures[0].Value!.Value, 1e-12);
    }

    [Theory]
    [InlineData("\"category_id\": 5", "\"category_id\": 5.5", "a whole number is expected there, and 5.5 was found")]
    [InlineData(
        "\"category_id\": 5", "\"category_id\": \"cat\"", "a whole number is expected there, and 'cat' was found")]
    [InlineData("\"category_id\": 5", "\"category_id\": [5]", "a whole number is expected there, and a list was found")]
    [InlineData("\"area\": 4", "\"area\": \"much\"", "a number is expected there")]
    [InlineData("\"iscrowd\": 0", "\"iscrowd\": {}", "0 or 1 is expected there, and an object was found")]
    [InlineData("\"name\": \"cat\"", "\"name\": 5", "text is expected there")]
    [InlineData("[0, 4, 4]", "7", "a list of whole numbers is expected there, and a number was found")]
    public void Instances_SomethingElse_IsNamedWithWhatIsExpected(string plain, string spelling, string message)
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () => Run(Truth.Replace(plain, spelling, StringComparison.Ordinal), Detections));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"id\":1", "\"id\":1.0")]
    [InlineData("\"iscrowd\":0", "\"iscrowd\":false")]
    [InlineData("\"iscrowd\":0", "\"iscrowd\":null")]
    [InlineData("\"iscrowd\":0", "\"iscrowd\":0,\"area\":3.0")]
    [InlineData("\"isthing\":1", "\"isthing\":true")]
    public void Panoptic_OtherSpelling_ReadsTheSame(string plain, string spelling)
    {
        string truth = new PanopticFixture(_folder).Write("gt", (7, [1, 1, 1, 0], [(1, 1, 0)]));
        string text = File.ReadAllText(truth);
        Assert.Contains(plain, text, StringComparison.Ordinal);
        File.WriteAllText(truth, text.Replace(plain, spelling, StringComparison.Ordinal));

        FigureGroup things = PanopticEvaluation.Run(truth, truth, null, new EvaluationOptions()).Groups[1];

        Assert.Equal([1, 1, 1, 1], things.Figures.Select(figure => figure.Value));
    }

    private EvaluationReport Run(string truth, string detections) => InstanceEvaluation.Run(
        _folder.Write("gt.json", Encoding.UTF8.GetBytes(truth)),
        _folder.Write("pred.json", Encoding.UTF8.GetBytes(detections)),
        AveragePrecisionOptions.Coco,
        new EvaluationOptions());
}
