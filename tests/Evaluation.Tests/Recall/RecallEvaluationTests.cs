using System.Text;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Recall;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Tests.Panoptic;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Recall;

public sealed class RecallEvaluationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_MasksOfAnyClass_CountBySeenAndUnseen()
    {
        string truth = new PanopticFixture(_folder)
            .Write("gt", (7, [1, 1, 1, 1, 2, 2, 2, 2, 3, 3], [(1, 1, 0), (2, 2, 0), (3, 1, 1)]));
        string masks = _folder.Write("masks.json", Encoding.UTF8.GetBytes("""
            [{"image_id": 7, "segmentation": {"size": [1, 10], "counts": [0, 3, 7]}},
             {"image_id": 7, "segmentation": {"size": [1, 10], "counts": [4, 4, 2]}}]
            """));
        string classes = _folder.Write("classes.json", Encoding.UTF8.GetBytes("""
            {"classes": [{"index": 0, "id": 1, "name": "cat", "is_thing": true, "is_seen": true}, {"index": 1, "id": 2, "name": "grass", "is_seen": false}]}
            """));

        EvaluationReport evaluation = RecallEvaluation.Run(truth, masks, classes, new EvaluationOptions());

        Assert.Equal([("all", 1, 1, 0.5), ("seen", 1, 1, 0), ("unseen", 1, 1, 1)], evaluation.Groups.Select(group =>
            (group.Name!, Value(group, "R@0.5"), Value(group, "R@0.75"), Value(group, "R@0.9"))));
    }

    [Fact]
    public void IsAt_ResultOfAnyName_IsKnownByItsBeginning()
    {
        string result = _folder.Write("masks.json", Encoding.UTF8.GetBytes("{\n  \"version\": 1, \"image\": {}}"));
        string detections = _folder.Write("detections.json", Encoding.UTF8.GetBytes("[{\"image_id\": 7}]"));
        string panoptic = _folder.Write("panoptic.json", Encoding.UTF8.GetBytes("{\"annotations\": []}"));

        Assert.Equal(
            (true, false, false), (ResultSet.IsAt(result), ResultSet.IsAt(detections), ResultSet.IsAt(panoptic)));
    }

    private static double Value(FigureGroup group, string name) =>
        group.Figures.Single(figure => figure.Name == name).Value!.Value;
}
