using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Serving.Interaction;
using FrozenSeg.Serving.Interaction.Documents;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Tests.Interaction;

/// <summary>What a caller shows of a picture, as prompts of SAM.</summary>
public class PromptReaderTests
{
    [Fact]
    public void Read_PointsWithoutLabels_LieOnTheObject()
    {
        SamPrompt prompt = Assert.Single(PromptReader.Read(new PredictionRequest { Points = [[1, 2], [3, 4]] }));

        Assert.Equal([(1, 2, PromptLabel.Foreground), (3, 4, PromptLabel.Foreground)], prompt.Points);
        Assert.Null(prompt.Box);
    }

    [Fact]
    public void Read_LabelZero_IsAPointBesideTheObject()
    {
        SamPrompt prompt = Assert.Single(
            PromptReader.Read(new PredictionRequest { Points = [[1, 2], [3, 4]], Labels = [1, 0] }));

        Assert.Equal([PromptLabel.Foreground, PromptLabel.Background], prompt.Points.Select(point => point.Label));
    }

    [Fact]
    public void Read_SeveralBoxes_AreAPromptEach() => Assert.Equal(
        [new BoxXyxy(0, 0, 1, 1), new BoxXyxy(2, 2, 3, 3)],
        PromptReader.Read(new PredictionRequest { Boxes = [[0, 0, 1, 1], [2, 2, 3, 3]] })
            .Select(prompt => prompt.Box!.Value));

    [Fact]
    public void Read_PointBesideABox_BelongsToIt()
    {
        SamPrompt prompt = Assert.Single(
            PromptReader.Read(new PredictionRequest { Points = [[1, 2]], Boxes = [[0, 0, 9, 9]] }));

        Assert.Equal((1, new BoxXyxy(0, 0, 9, 9)), (prompt.Points.Count, prompt.Box));
    }

    [Fact]
    public void Read_EverythingWrong_IsNamedAtOnce()
    {
        var request = new PredictionRequest
        {
            Points = [[1], [2, 3]],
            Labels = [2],
            Boxes = [[0, 0, 1], [0, 0, 1, 1]],
            Mask = new MaskRle([1, 1], "1"),
            Refine = new RefinedMask("p", 0),
        };

        string[] places = [.. Assert.Throws<SegmentationProblemException>(
            () => PromptReader.Read(request)).Problems.Select(problem => problem.Where)];

        Assert.Equal(["points", "boxes", "boxes", "labels", "labels", "refine"], places);
    }

    [Fact]
    public void Read_NullAmongThePoints_IsNamed()
    {
        SegmentationProblem problem = Assert.Single(
            Assert.Throws<SegmentationProblemException>(
                () => PromptReader.Read(new PredictionRequest { Points = [null!] })).Problems);

        Assert.Equal("points", problem.Where);
    }

    [Theory]
    [InlineData(PromptReader.MaxBoxes, true)]
    [InlineData(PromptReader.MaxBoxes + 1, false)]
    public void Read_Boxes_AreTakenUpToTheLimit(int count, bool isTaken)
    {
        var request = new PredictionRequest
        {
            Boxes = [.. Enumerable.Repeat<IReadOnlyList<double>>([0, 0, 1, 1], count)],
        };

        Exception? failure = Record.Exception(() => PromptReader.Read(request));

        Assert.Equal(isTaken, failure is null);
    }

    [Fact]
    public void Mask_DamagedRunLengths_AreRefusedByPlace()
    {
        SegmentationProblem problem = Assert.Single(Assert.Throws<SegmentationProblemException>(
            () => PromptReader.Mask(new MaskRle([2, 2], "~~~"), "mask")).Problems);

        Assert.Equal("mask", problem.Where);
    }
}
