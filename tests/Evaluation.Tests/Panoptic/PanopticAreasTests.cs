using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Tests.Panoptic;

/// <summary>
/// What annotations state of areas, against a PNG of one row: segment 1 has four pixels, three of them predicted as 5.
/// </summary>
public class PanopticAreasTests
{
    private static readonly PanopticOverlap Overlap = new(Row(1, 1, 1, 1, 0), Row(5, 5, 5, 0, 6));

    [Theory]
    [InlineData(null, true)]
    [InlineData(4.0, true)]
    [InlineData(9.0, true)]
    [InlineData(3.0, true)]
    [InlineData(2.9, false)]
    [InlineData(0.0, false)]
    [InlineData(-1.0, false)]
    public void Check_StatedArea_HoldsWhatAPredictionSharesWithIt(double? stated, bool isUsable)
    {
        (ProblemLog problems, EmptyAnnotations empty) = Check(new SegmentLabel(1, 7, false, stated));

        Assert.Equal(isUsable, problems.IsEmpty);
        Assert.Empty(empty.Warnings("they count as missed"));
    }

    [Fact]
    public void Check_AreaTooSmall_IsNamedWithBothNumbers()
    {
        (ProblemLog problems, _) = Check(new SegmentLabel(1, 7, false, 1.5));

        SegmentationProblem problem = Assert.Single(
            Assert.Throws<SegmentationProblemException>(problems.ThrowIfAny).Problems);

        Assert.Equal("gt.json, image 42", problem.Where);
        Assert.Contains("1.5", problem.Found, StringComparison.Ordinal);
        Assert.Contains("4 pixels", problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SegmentWithoutAPixel_IsNotedAndNoProblem()
    {
        (ProblemLog problems, EmptyAnnotations empty) = Check(new SegmentLabel(2, 7, false, 0));

        Assert.True(problems.IsEmpty);
        Assert.Contains(
            "segment 2 of image 42", Assert.Single(empty.Warnings("they count as missed")), StringComparison.Ordinal);
    }

    // Nothing is not a prediction: what it shares with a segment tells nothing of its area.
    [Fact]
    public void Check_PixelsPredictedAsNothing_DoNotCount()
    {
        var overlap = new PanopticOverlap(Row(1, 1, 1, 1), Row(0, 0, 0, 5));
        var problems = new ProblemLog();

        PanopticAreas.Check(Picture(new SegmentLabel(1, 7, false, 1)), overlap, problems, new EmptyAnnotations());

        Assert.True(problems.IsEmpty);
    }

    private static (ProblemLog Problems, EmptyAnnotations Empty) Check(SegmentLabel segment)
    {
        (ProblemLog problems, EmptyAnnotations empty) = (new ProblemLog(), new EmptyAnnotations());
        PanopticAreas.Check(Picture(segment), Overlap, problems, empty);
        return (problems, empty);
    }

    private static PanopticPicture Picture(SegmentLabel segment) => new("42", "42.png", "gt.json", [segment]);

    private static Raster Row(params byte[] ids) =>
        new(ids.Length, 1, 8, 3, [.. ids.SelectMany(id => new byte[] { id, 0, 0 })], []);
}
