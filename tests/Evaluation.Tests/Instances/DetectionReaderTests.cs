using System.Text;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Instances;

public sealed class DetectionReaderTests : IDisposable
{
    private static readonly InstanceSet Truth = new(
        "gt.json",
        [new DatasetClass(5, "cat", true)],
        [new CocoImage { Id = "1", Width = 4, Height = 2 }, new CocoImage { Id = "2", Width = 4, Height = 2 }],
        new Dictionary<string, IReadOnlyList<CocoAnnotation>>(),
        new Dictionary<int, string>());

    private readonly TemporaryFolder _folder = new();
    private readonly ProblemLog _problems = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Detections_AreByPictureInTheFilesOrder()
    {
        Dictionary<string, List<CocoAnnotation>> read = Read("""
            [{"image_id": 2, "category_id": 5, "score": 0.1, "segmentation": {"size": [2, 4], "counts": [8]}},
             {"image_id": 1, "category_id": 5, "score": 0.2, "segmentation": {"size": [2, 4], "counts": [8]}},
             {"image_id": 2, "category_id": 5, "score": 0.3, "segmentation": {"size": [2, 4], "counts": [8]}}]
            """);

        Assert.True(_problems.IsEmpty);
        Assert.Equal([0.1, 0.3], read["2"].Select(detection => detection.Score!.Value));
        Assert.Equal([0.2], read["1"].Select(detection => detection.Score!.Value));
    }

    [Fact]
    public void Read_WhatIsWrong_IsNotedByPlace()
    {
        Read("""
            [{"image_id": 1, "category_id": 6, "segmentation": {"size": [4, 2], "counts": [8]}},
             {"image_id": 3, "score": 0.5}]
            """);

        string file = _folder.Path("pred.json");
        Assert.Equal(
            [
                $"{file}, detection 0: it has no score",
                $"{file}, detection 0: it has the unknown category 6",
                $"{file}, detection 0: the mask has the size 4×2, and image 1 2×4",
                $"{file}, detection 1: it belongs to image 3, which is not among the annotations",
                $"{file}, detection 1: it has no segmentation",
                $"{file}, detection 1: it has the unknown category ",
            ],
            Found());
    }

    [Theory]
    [InlineData("\"bbox\": [0, 0, 1, 1]", false, false)]
    [InlineData("\"bbox\": [0, 0, 1, 1]", true, true)]
    [InlineData("\"bbox\": [0, 0, 1]", true, false)]
    [InlineData("\"segmentation\": {\"size\": [2, 4], \"counts\": [8]}", true, true)]
    [InlineData("\"area\": 1", true, false)]
    public void Read_BoxOrMask_IsNeededForWhatIsCompared(string member, bool boxes, bool isEnough)
    {
        Read($$"""[{"image_id": 1, "category_id": 5, "score": 1, {{member}}}]""", boxes);

        Assert.Equal(isEnough, _problems.IsEmpty);
    }

    private string[] Found() =>
    [
        .. Assert.Throws<SegmentationProblemException>(_problems.ThrowIfAny).Problems
            .Select(problem => $"{problem.Where}: {problem.Found}").Order(StringComparer.Ordinal),
    ];

    private Dictionary<string, List<CocoAnnotation>> Read(string json, bool boxes = false) =>
        DetectionReader.Read(_folder.Write("pred.json", Encoding.UTF8.GetBytes(json)), Truth, boxes, _problems);
}
