using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Tests.Instances;

/// <summary>
/// What annotations and detections become, for masks and for boxes: a picture of one row, four pixels wide.
/// </summary>
public class InstanceObjectsTests
{
    private static readonly CocoImage Image = new() { Id = "3", Width = 4, Height = 1 };

    private static readonly CocoAnnotation Annotated = new()
    {
        Id = 7,
        Segmentation = Runs(1, 2, 1),
        Area = 99,
        Bbox = [0, 0, 3, 2],
        Score = 0.5,
    };

    [Fact]
    public void Annotation_Mask_HasItsPixelsItsBoxAndTheStatedArea()
    {
        InstanceObject made = new InstanceObjects(boxes: false, statedBoxes: false)
            .Annotation(Annotated, Image, "gt.json", federated: false);

        Assert.Equal((2, 99, 0), (made.PixelArea, made.Area, made.Score));
        Assert.Equal(new BoxXywhDouble(1, 0, 2, 1), made.Box);
        Assert.Equal((false, false, false), (made.IsCrowd, made.IsIgnored, made.HasZeroId));
        Assert.Equal(
            2,
            new InstanceObjects(false, false).Annotation(Annotated with { Area = null }, Image, "gt.json", false).Area);
    }

    [Fact]
    public void Annotation_Box_IsAsItIsStated()
    {
        var objects = new InstanceObjects(boxes: true, statedBoxes: true);

        InstanceObject made = objects.Annotation(Annotated, Image, "gt.json", federated: false);
        InstanceObject bare = objects.Annotation(
            Annotated with { Area = null, Segmentation = null }, Image, "gt.json", federated: false);

        Assert.Null(made.Mask);
        Assert.Equal((new BoxXywhDouble(0, 0, 3, 2), 6, 99), (made.Box, made.PixelArea, made.Area));
        Assert.Equal((6, 6), (bare.PixelArea, bare.Area));
        Assert.Equal(
            default, objects.Annotation(Annotated with { Bbox = null }, Image, "gt.json", federated: false).Box);
        Assert.Equal(
            default, objects.Annotation(Annotated with { Bbox = [1, 2, 3] }, Image, "gt.json", federated: false).Box);
    }

    [Theory]
    [InlineData(null, null, false, false, false)]
    [InlineData(0, 1, false, false, false)]
    [InlineData(1, null, false, true, true)]
    [InlineData(2, null, false, true, true)]
    [InlineData(1, null, true, false, false)]
    [InlineData(1, 0, true, false, false)]
    [InlineData(null, 1, true, false, true)]
    public void Annotation_CrowdAndIgnore_MeanWhatEachDatasetMeans(
        int? isCrowd, int? ignore, bool federated, bool crowd, bool ignored)
    {
        InstanceObject made = new InstanceObjects(false, false).Annotation(
            Annotated with { Iscrowd = isCrowd, Ignore = ignore, Id = 0 }, Image, "gt.json", federated);

        Assert.Equal((crowd, ignored, true), (made.IsCrowd, made.IsIgnored, made.HasZeroId));
    }

    [Fact]
    public void Annotation_WithoutAPixel_IsNoted()
    {
        var objects = new InstanceObjects(boxes: false, statedBoxes: false);

        objects.Annotation(Annotated, Image, "gt.json", federated: false);
        Assert.Empty(objects.Empty.Warnings("they count as missed"));
        InstanceObject made = objects.Annotation(
            Annotated with { Segmentation = Runs(4) }, Image, "gt.json", federated: false);

        Assert.Equal((default, 0), (made.Box, made.PixelArea));
        Assert.Contains(
            "annotation 7", Assert.Single(objects.Empty.Warnings("they count as missed")), StringComparison.Ordinal);
    }

    [Fact]
    public void Detection_Mask_HasItsPixelsAndItsScore()
    {
        InstanceObject made = new InstanceObjects(boxes: false, statedBoxes: false)
            .Detection(Annotated, Image, "pred.json");

        Assert.Equal((2, 2, 0.5), (made.PixelArea, made.Area, made.Score));
        Assert.Equal(new BoxXywhDouble(1, 0, 2, 1), made.Box);
        Assert.Equal(
            0, new InstanceObjects(false, false).Detection(Annotated with { Score = null }, Image, "pred.json").Score);
        Assert.Equal((false, false, false), (made.IsCrowd, made.IsIgnored, made.HasZeroId));
    }

    // pycocotools' way: the box that is stated decides on the size class.
    [Fact]
    public void Detection_MaskWithAStatedBox_HasTheSizeOfTheBox()
    {
        InstanceObject made = new InstanceObjects(boxes: false, statedBoxes: true)
            .Detection(Annotated, Image, "pred.json");

        Assert.Equal((2, 6, new BoxXywhDouble(1, 0, 2, 1)), (made.PixelArea, made.Area, made.Box));
    }

    [Fact]
    public void Detection_Box_IsTheStatedOneOrThatOfTheMask()
    {
        InstanceObject stated = new InstanceObjects(boxes: true, statedBoxes: true)
            .Detection(Annotated with { Segmentation = null }, Image, "pred.json");
        InstanceObject masked = new InstanceObjects(boxes: true, statedBoxes: false)
            .Detection(Annotated, Image, "pred.json");

        Assert.Equal(
            (null, new BoxXywhDouble(0, 0, 3, 2), 6, 6), (stated.Mask, stated.Box, stated.PixelArea, stated.Area));
        Assert.Equal(
            (null, new BoxXywhDouble(1, 0, 2, 1), 2, 2), (masked.Mask, masked.Box, masked.PixelArea, masked.Area));
    }

    [Fact]
    public void Mask_OfAnotherSize_IsNamedByItsPlace()
    {
        var objects = new InstanceObjects(boxes: false, statedBoxes: false);
        CocoImage small = Image with { Width = 3 };

        var annotation = Assert.Throws<SegmentationProblemException>(
            () => objects.Annotation(Annotated, small, "gt.json", federated: false));
        var detection = Assert.Throws<SegmentationProblemException>(
            () => objects.Detection(Annotated, small, "pred.json"));

        Assert.Equal("gt.json, annotation 7", annotation.Problems[0].Where);
        Assert.Equal("pred.json, a detection of image 3", detection.Problems[0].Where);
    }

    private static CocoSegmentation Runs(params int[] counts) => new(null, [1, 4], counts, null);
}
