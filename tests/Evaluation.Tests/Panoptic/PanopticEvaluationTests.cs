using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Panoptic;

public sealed class PanopticEvaluationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PanopticFixture _fixture;

    public PanopticEvaluationTests() => _fixture = new PanopticFixture(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_HalfOverlap_IsNoMatch()
    {
        string truth = _fixture.Write("gt", (7, [1, 1, 1, 0], [(1, 1, 0)]));
        string prediction = _fixture.Write("pred", (7, [5, 5, 6, 6], [(5, 1, 0), (6, 2, 0)]));

        EvaluationReport evaluation = Run(truth, prediction);

        // 2 of 3 pixels match; segment 6 has half its pixels in void, which is not more than half.
        Assert.Equal(2.0 / 3, evaluation.Classes[0].Figures[0].Value!.Value, 1e-12);
        Assert.Equal(1, evaluation.Classes[1].Figures.Single(figure => figure.Name == "fp").Value);
    }

    [Fact]
    public void Run_PredictionInsideACrowdOfItsClass_CountsForNothing()
    {
        string truth = _fixture.Write("gt", (7, [1, 1, 1, 2], [(1, 1, 1), (2, 2, 0)]));
        string prediction = _fixture.Write("pred", (7, [5, 5, 6, 7], [(5, 1, 0), (6, 2, 0), (7, 2, 0)]));

        EvaluationReport evaluation = Run(truth, prediction);

        Assert.All(evaluation.Classes[0].Figures, figure => Assert.Equal(0, figure.Value));
        Assert.Equal((1, 1), (Count(evaluation, 1, "tp"), Count(evaluation, 1, "fp")));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void Run_StatedAreaThatGivesNoIoU_IsNamed(string area)
    {
        string truth = _fixture.Write("gt", (7, [1, 1, 1, 0], [(1, 1, 0)]));
        string prediction = _fixture.Write("pred", (7, [5, 5, 0, 0], [(5, 1, 0)]));
        string text = File.ReadAllText(truth)
            .Replace("\"iscrowd\":0", $"\"iscrowd\":0,\"area\":{area}", StringComparison.Ordinal);
        File.WriteAllText(truth, text);

        SegmentationProblem problem = Assert.Single(
            Assert.Throws<SegmentationProblemException>(() => Run(truth, prediction)).Problems);

        Assert.Contains(
            $"image 7: segment 1 states the area {area} and has 3 pixels in the PNG",
            problem.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AnnotationWithoutAPixel_IsMissedWithAWarning()
    {
        string truth = _fixture.Write("gt", (7, [1, 1], [(1, 1, 0), (2, 2, 0)]));
        string prediction = _fixture.Write("pred", (7, [5, 5], [(5, 1, 0)]));

        EvaluationReport evaluation = Run(truth, prediction);

        Assert.Equal(1, Count(evaluation, 1, "fn"));
        Assert.Equal("segment 2 of image 7: without a pixel, they count as missed", Assert.Single(evaluation.Warnings));
    }

    [Fact]
    public void Run_AnyNumberOfThreads_GivesTheSameDigits()
    {
        var random = new Random(3);
        (int, int[], (int, int, int)[])[] pictures = [.. Enumerable.Range(1, 40).Select(image =>
            (
                image,
                Enumerable.Range(0, 60).Select(i => 1 + (i / (3 + random.Next(1, 3)) % 6)).ToArray(),
                Enumerable.Range(1, 6).Select(id => (id, 1 + (id % 2), 0)).ToArray()))];
        var present = pictures.Select(picture => (
            picture.Item1,
            picture.Item2,
            picture.Item3.Where(segment => picture.Item2.Contains(segment.Item1)).ToArray())).ToArray();
        string truth = _fixture.Write("gt", present), prediction = _fixture.Write("pred", [.. present.Reverse()]);

        double?[] single = Figures(1), several = Figures(4);

        Assert.Equal(single, several);

        double?[] Figures(int threads) =>
            [.. PanopticEvaluation.Run(truth, prediction, null, new EvaluationOptions { Threads = threads })
                .Groups.SelectMany(group => group.Figures).Select(figure => figure.Value)];
    }

    [Fact]
    public void Run_BadInput_NamesEverythingAtOnce()
    {
        string truth = _fixture.Write(
            "gt",
            (1, [1, 1], [(1, 1, 0)]),
            (2, [1, 1], [(1, 1, 0)]),
            (3, [1, 1], [(1, 1, 0)]),
            (4, [1, 1], [(1, 1, 0)]));
        string prediction = _fixture.Write(
            "pred",
            (1, [1, 1, 1], [(1, 1, 0)]),
            (3, [1, 1], [(1, 9, 0)]),
            (4, [1, 1], [(1, 1, 0), (1, 2, 0)]),
            (4, [1, 1], [(1, 1, 0)]),
            (8, [1, 1], [(1, 1, 0)]));
        File.WriteAllBytes(_folder.Path("pred", "3.png"), LabelMapPng.Write(new LabelMap(1, 2, [1, 1])));

        string[] messages = Problems(() => Run(truth, prediction));

        Assert.Collection(
            messages.Order(StringComparer.Ordinal),
            message => Assert.Contains("image 2: there is no prediction", message, StringComparison.Ordinal),
            message =>
                Assert.Contains("image 3: segment 1 has the unknown category 9", message, StringComparison.Ordinal),
            message =>
                Assert.Contains("image 4: segment 1 is listed more than once", message, StringComparison.Ordinal),
            message =>
                Assert.Contains("image 4: the picture is listed more than once", message, StringComparison.Ordinal),
            message =>
                Assert.Contains("image 8: the picture is not among the annotations", message, StringComparison.Ordinal),
            message => Assert.Contains(
                "image 1: it has 3×1 pixels, and the annotation 2×1", message, StringComparison.Ordinal),
            message => Assert.Contains(
                "image 3: a panoptic map is 8-bit RGB, and this picture is 8-bit palette",
                message,
                StringComparison.Ordinal));
    }

    [Fact]
    public void Run_IdsOfOnlyOneSide_AreNamedForEveryPicture()
    {
        string truth = _fixture.Write("gt", (1, [1, 1], [(1, 1, 0)]), (2, [1, 1], [(1, 1, 0)]));
        string prediction = _fixture.Write("pred", (1, [4, 5], [(4, 1, 0)]), (2, [4, 4], [(4, 1, 0), (6, 1, 0)]));

        string[] messages = Problems(() => Run(truth, prediction));

        Assert.Equal(2, messages.Length);
        Assert.Contains("image 1: segment 5 is in the PNG and not in the JSON", messages[0], StringComparison.Ordinal);
        Assert.Contains("image 2: segment 6 is in the JSON and not in the PNG", messages[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"annotations\": [{\"image_id\": 1,}]}", "line 1")]
    [InlineData("", "broken")]
    public void Run_BrokenJson_SaysWhere(string json, string place)
    {
        string truth = _fixture.Write("gt", (1, [1, 1], [(1, 1, 0)]));
        string prediction = _folder.Write("pred.json", System.Text.Encoding.UTF8.GetBytes(json));

        string message = Assert.Single(Problems(() => Run(truth, prediction)));

        Assert.StartsWith(prediction, message, StringComparison.Ordinal);
        Assert.Contains(place, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BothJsonsBroken_NamesBoth()
    {
        string truth = _folder.Write("gt.json", "{"u8.ToArray()),
            prediction = _folder.Write("pred.json", "[1,"u8.ToArray());

        string[] messages = Problems(() => Run(truth, prediction));

        Assert.Equal([truth, prediction], messages.Select(message => message.Split(": ")[0]));
    }

    [Fact]
    public void Run_BrokenPrediction_DoesNotHideWhatIsWrongWithTheAnnotations()
    {
        string truth = _fixture.Write("gt", (1, [1, 1], [(1, 1, 0), (1, 2, 0)])),
            prediction = _folder.Write("pred.json", "[1,"u8.ToArray());

        string[] messages = Problems(() => Run(truth, prediction));

        Assert.Equal(2, messages.Length);
        Assert.Contains("segment 1 is listed more than once", messages[0], StringComparison.Ordinal);
        Assert.StartsWith(prediction, messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PngCutShort_IsNamedWithTheOthers()
    {
        string truth = _fixture.Write("gt", (1, [1, 1], [(1, 1, 0)]), (2, [1, 1], [(1, 1, 0)]));
        string prediction = _fixture.Write("pred", (1, [1, 1], [(1, 1, 0)]));
        string cut = _folder.Path("pred", "1.png");
        File.WriteAllBytes(cut, File.ReadAllBytes(cut)[..^20]);

        string[] messages = Problems(() => Run(truth, prediction));

        Assert.Equal(2, messages.Length);
        Assert.Contains("image 2: there is no prediction", messages[0], StringComparison.Ordinal);
        Assert.Contains("damaged or cut short", messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PngWithSomethingAppended_IsRead()
    {
        string truth = _fixture.Write("gt", (1, [1, 1], [(1, 1, 0)])),
            prediction = _fixture.Write("pred", (1, [1, 1], [(1, 1, 0)]));
        using (FileStream file = new(_folder.Path("pred", "1.png"), FileMode.Append))
            file.Write("a note behind the picture"u8);

        Assert.Equal(1, Run(truth, prediction).Classes[0].Figures[0].Value);
    }

    private static EvaluationReport Run(string truth, string prediction) =>
        PanopticEvaluation.Run(truth, prediction, null, new EvaluationOptions());

    private static double? Count(EvaluationReport evaluation, int row, string name) =>
        evaluation.Classes[row].Figures.Single(figure => figure.Name == name).Value;

    private static string[] Problems(Action action) =>
        [.. Assert.Throws<SegmentationProblemException>(action).Problems.Select(problem => problem.Message)];
}
