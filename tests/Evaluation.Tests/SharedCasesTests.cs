using System.Text.Json;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Semantic;
using FrozenSeg.Evaluation.Video;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests;

/// <summary>Real annotations with figures computed by the field's own tools.</summary>
public sealed class SharedCasesTests
{
    private static readonly EvaluationOptions Options = new() { Threads = 2 };

    [SharedTheory]
    [InlineData("panoptic_ade_full_00016869")]
    [InlineData("panoptic_coco_142238_perfect")]
    [InlineData("panoptic_coco_142238_v1")]
    public void Panoptic_RealCase_MatchesPanopticApi(string name)
    {
        JsonElement expected = Expected(name);

        EvaluationReport evaluation = PanopticEvaluation.Run(
            SharedFolder.Path("eval", name, "gt.json"), SharedFolder.Path("eval", name, "pred.json"), null, Options);

        foreach (FigureGroup group in evaluation.Groups)
        {
            JsonElement wanted = expected.GetProperty("summary").EnumerateObject().Single(
                entry => entry.Name.Equals(group.Name, StringComparison.OrdinalIgnoreCase)).Value;
            AssertFigures(wanted, group.Figures, 1e-9);
        }

        foreach (JsonProperty category in expected.GetProperty("per_category").EnumerateObject())
            AssertFigures(category.Value, evaluation.Classes.Single(row => row.Key == category.Name).Figures, 1e-9);
    }

    [SharedTheory]
    [InlineData("instance_voc_labelme", "gt_coco.json", false, "pycocotools", "segm")]
    [InlineData("instance_voc_labelme", "gt_coco.json", true, "pycocotools", "bbox")]
    [InlineData("instance_lvis_20", "gt_lvis.json", false, "pycocotools_segm_same_data", null)]
    public void Instance_RealCase_MatchesPycocotools(
        string name, string truth, bool boxes, string evaluator, string? kind) =>
        AssertInstances(name, truth, AveragePrecisionOptions.Coco with { Boxes = boxes }, evaluator, kind);

    [SharedFact]
    public void Lvis_RealCase_MatchesLvisApi() =>
        AssertInstances("instance_lvis_20", "gt_lvis.json", AveragePrecisionOptions.Lvis, "lvis_api_segm", null);

    [SharedTheory]
    [InlineData("semantic_ade150", 255)]
    [InlineData("semantic_camvid_val", 11)]
    public void Semantic_RealCase_MatchesDetectron2(string name, int ignored)
    {
        JsonElement expected = Expected(name).GetProperty("expected").GetProperty("detectron2_SemSegEvaluator_percent");

        EvaluationReport evaluation = SemanticEvaluation.Run(
            SharedFolder.Path("eval", name, "gt"), SharedFolder.Path("eval", name, "pred"), new SemanticOptions
            {
                Ignored = [ignored],
            }, Options);

        IReadOnlyList<Figure> figures = evaluation.Groups[0].Figures;
        foreach ((string theirs, string ours) in
            ((string, string)[])[("mIoU", "mIoU"), ("fwIoU", "FWIoU"), ("mACC", "mAcc"), ("pACC", "pAcc")])
            Assert.Equal(expected.GetProperty(theirs).GetDouble() / 100, Value(figures, ours), 1e-9);
    }

    [SharedFact]
    public void Video_RealCase_MatchesDavis()
    {
        JsonElement expected = Expected("video_davis_car-shadow");

        EvaluationReport evaluation = VideoEvaluation.Run(
            SharedFolder.Path("eval", "video_davis_car-shadow", "ref"),
            SharedFolder.Path("eval", "video_davis_car-shadow", "pred"),
            new VideoOptions(),
            Options);

        IReadOnlyList<Figure> figures = evaluation.Groups[0].Figures;
        Assert.Equal(expected.GetProperty("J_mean").GetDouble(), Value(figures, "J"), 1e-9);
        Assert.Equal(expected.GetProperty("F_mean").GetDouble(), Value(figures, "F"), 1e-9);
        Assert.Equal(expected.GetProperty("JF_mean").GetDouble(), Value(figures, "J&F"), 1e-9);
        JsonElement car = expected.GetProperty("objects").GetProperty("1");
        Assert.Equal(car.GetProperty("J_mean_recall_decay")[2].GetDouble(), Value(figures, "J_decay"), 1e-9);
        Assert.Equal(car.GetProperty("F_mean_recall_decay")[2].GetDouble(), Value(figures, "F_decay"), 1e-9);
    }

    private static void AssertInstances(
        string name, string truth, AveragePrecisionOptions rules, string evaluator, string? kind)
    {
        JsonElement expected = Expected(name).GetProperty(evaluator);

        EvaluationReport evaluation = InstanceEvaluation.Run(
            SharedFolder.Path("eval", name, truth), SharedFolder.Path("eval", name, "pred.json"), rules, Options);

        AssertFigures(kind is null ? expected : expected.GetProperty(kind), evaluation.Groups[0].Figures, 1e-9);
    }

    private static void AssertFigures(JsonElement expected, IReadOnlyList<Figure> figures, double tolerance)
    {
        foreach (JsonProperty figure in
            expected.EnumerateObject().Where(figure => figure.Value.ValueKind is JsonValueKind.Number))
            Assert.Equal(figure.Value.GetDouble(), Value(figures, figure.Name), tolerance);
    }

    private static double Value(IReadOnlyList<Figure> figures, string name) =>
        figures.Single(figure => figure.Name == name).Value!.Value;

    private static JsonElement Expected(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path("eval", name, "expected.json"))).RootElement;
}
