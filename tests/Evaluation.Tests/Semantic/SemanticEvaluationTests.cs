using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Semantic;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Semantic;

public sealed class SemanticEvaluationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_WithBackground_GivesFiguresWithAndWithoutIt()
    {
        Write("gt", "a", 0, 0, 0, 1, 1, 255);
        Write("pred", "a", 0, 1, 1, 1, 0, 1);

        EvaluationReport evaluation = Run(new SemanticOptions { Background = 0 });

        // 0: 1 of 4; 1: 1 of 4. Without background its pixels are not looked at: 1 of 2.
        Assert.Equal(0.25, Value(evaluation.Groups[0], "mIoU"), 1e-12);
        Assert.Equal(0.5, Value(evaluation.Groups.Single(group => group.Name == "without_background"), "mIoU"), 1e-12);
    }

    [Fact]
    public void Run_ClassesGiven_SaysWhichWordsWereKeptAndWhichRemoved()
    {
        Write("gt", "a", 0, 1, 2, 2);
        Write("pred", "a", 0, 0, 2, 3);
        Write("gt", "b", 0, 0);
        Write("pred", "b", 0, 0);
        DatasetClass[] classes =
            [.. Enumerable.Range(0, 5).Select(id => new DatasetClass(id, $"word {id}", IsThing: false))];

        FigureGroup words = Run(new SemanticOptions { Classes = classes }).Groups.Single(
            group => group.Name == "words");

        // Present: 0, 1, 2 in a, 0 in b, of which 1 is lost. Absent: 3, 4 in a, 1 to 4 in b, of which 3 is found in a.
        Assert.Equal(3.0 / 4, Value(words, "present_kept"), 1e-12);
        Assert.Equal(5.0 / 6, Value(words, "absent_removed"), 1e-12);
    }

    [Fact]
    public void Run_AdeLabels_CountFromOne()
    {
        Write("gt", "a", 0, 1, 2, 2);
        Write("pred", "a", 1, 0, 1, 0);

        EvaluationReport evaluation = Run(new SemanticOptions { TruthLabels = LabelScheme.Ade });

        Assert.Equal(["0", "1"], evaluation.Classes.Select(row => row.Key));
        Assert.Equal(2.0 / 3, Value(evaluation.Groups[0], "pAcc"), 1e-12);
    }

    [Fact]
    public void Run_CityscapesFolder_TakesLabelIdsAndTurnsThemIntoTrainIds()
    {
        Directory.CreateDirectory(_folder.Path("gt", "bonn"));
        Save(Path.Combine("gt", "bonn", "bonn_000000_gtFine_labelIds.png"), 7, 26, 4, 33);
        Save(Path.Combine("gt", "bonn", "bonn_000000_gtFine_instanceIds.png"), 1, 1, 1, 1);
        Write("pred", "bonn_000000_leftImg8bit", 0, 13, 13, 18);

        EvaluationReport evaluation = Run(new SemanticOptions { TruthLabels = LabelScheme.Cityscapes });

        Assert.Equal(1, Value(evaluation.Groups[0], "mIoU"));
        Assert.Equal(3, Value(evaluation.Groups[0], "n"));
    }

    [Fact]
    public void Run_VocColours_AreIndices()
    {
        Directory.CreateDirectory(_folder.Path("gt"));
        byte[] colours = [.. ((int[])[0, 5, 20, 255]).SelectMany(index =>
        {
            Rgb colour = VocPalette.Colours[index];
            return new[] { colour.Red, colour.Green, colour.Blue };
        })];
        File.WriteAllBytes(_folder.Path("gt", "a.png"), PngRasterWriter.Write(new Raster(4, 1, 8, 3, colours, [])));
        Write("pred", "a", 0, 5, 20, 20);

        EvaluationReport evaluation = Run(new SemanticOptions { TruthLabels = LabelScheme.Voc });

        Assert.Equal(1, Value(evaluation.Groups[0], "mIoU"));
        Assert.Equal(3, Value(evaluation.Groups[0], "n"));
    }

    [Fact]
    public void Palette_FirstColours_AreVocs() =>
        Assert.Equal(
            [new Rgb(0, 0, 0), new Rgb(128, 0, 0), new Rgb(0, 128, 0), new Rgb(128, 128, 0), new Rgb(0, 0, 128)],
            VocPalette.Colours.Take(5));

    [Fact]
    public void Run_TiffAnnotations_AreReadWithTheirSixteenBits()
    {
        Directory.CreateDirectory(_folder.Path("gt"));
        File.Copy(Fixtures.Path("labels", "deflate-16-big.tif"), _folder.Path("gt", "a.tif"));
        LabelMap labels = LabelFixtures.Labels(height: 21, width: 33);
        Directory.CreateDirectory(_folder.Path("pred"));
        File.WriteAllBytes(_folder.Path("pred", "a.png"), LabelMapPng.Write(labels));

        EvaluationReport evaluation = Run(new SemanticOptions());

        Assert.Equal(1, Value(evaluation.Groups[0], "pAcc"));
        Assert.Equal(
            labels.Labels.ToArray().Distinct().Count(label => label != ushort.MaxValue),
            Value(evaluation.Groups[0], "n"));
    }

    [Fact]
    public void Run_ClassThatIsPredictedAndAnnotatedNowhere_HasNoIoU()
    {
        Write("gt", "a", 0, 0, 0, 0);
        Write("pred", "a", 0, 0, 1, 1);

        EvaluationReport evaluation = Run(new SemanticOptions());

        Assert.Equal(
            [0.5, null], evaluation.Classes.Select(row => row.Figures.Single(figure => figure.Name == "IoU").Value));
        Assert.Equal(0.5, Value(evaluation.Groups[0], "mIoU"));
    }

    [Fact]
    public void Run_SeenAndUnseenClasses_AreGroups()
    {
        Write("gt", "a", 0, 0, 1, 1);
        Write("pred", "a", 0, 0, 0, 1);
        DatasetClass[] classes = [new(0, "sky", false, true), new(1, "snow", false, false)];

        EvaluationReport evaluation = Run(new SemanticOptions { Classes = classes });

        Assert.Equal(2.0 / 3, Value(evaluation.Groups.Single(group => group.Name == "seen"), "mIoU"), 1e-12);
        Assert.Equal(0.5, Value(evaluation.Groups.Single(group => group.Name == "unseen"), "mIoU"), 1e-12);
    }

    [Fact]
    public void Run_BadInput_NamesEverythingAtOnce()
    {
        Write("gt", "a", 0, 1);
        Write("gt", "b", 0, 1);
        Write("gt", "c", 0, 1);
        Write("pred", "a", 0, 1, 1);
        Write("pred", "d", 0, 1);
        File.WriteAllBytes(_folder.Path("pred", "c.png"), PanopticPng.Write(new LabelMap(1, 2, [1, 300])));

        string[] messages = [.. Assert.Throws<SegmentationProblemException>(
            () => Run(new SemanticOptions())).Problems.Select(problem => problem.Message)];

        Assert.Collection(
            messages,
            message => Assert.Contains("picture b: there is no prediction", message, StringComparison.Ordinal),
            message => Assert.Contains("a.png: it has 3×1 pixels", message, StringComparison.Ordinal),
            message => Assert.Contains(
                "c.png: a semantic map has one channel, and this picture is 8-bit RGB",
                message,
                StringComparison.Ordinal),
            message => Assert.Contains(
                "d.png: the picture 'd' is not among the annotations", message, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_ColourProfile_IsRefused()
    {
        Write("gt", "a", 0, 1);
        Write("pred", "a", 0, 1);
        byte[] png = File.ReadAllBytes(_folder.Path("pred", "a.png"));
        byte[] profile = [0, 0, 0, 2, (byte)'i', (byte)'C', (byte)'C', (byte)'P', 65, 0, 0, 0, 0, 0];
        File.WriteAllBytes(_folder.Path("pred", "a.png"), [.. png[..33], .. profile, .. png[33..]]);

        SegmentationProblem problem = Assert.Single(
            Assert.Throws<SegmentationProblemException>(() => Run(new SemanticOptions())).Problems);

        Assert.Contains("a.png: it carries a colour profile", problem.Message, StringComparison.Ordinal);
    }

    private EvaluationReport Run(SemanticOptions labels) =>
        SemanticEvaluation.Run(_folder.Path("gt"), _folder.Path("pred"), labels, new EvaluationOptions());

    private void Write(string folder, string name, params int[] labels)
    {
        Directory.CreateDirectory(_folder.Path(folder));
        Save(Path.Combine(folder, $"{name}.png"), labels);
    }

    private void Save(string name, params int[] labels) =>
        File.WriteAllBytes(_folder.Path(name), LabelMapPng.Write(new LabelMap(1, labels.Length, labels)));

    private static double Value(FigureGroup group, string name) =>
        group.Figures.Single(figure => figure.Name == name).Value!.Value;
}
