using FrozenSeg.Evaluation.Runs.Reporting;
using FrozenSeg.Evaluation.Tests.Runs;

namespace FrozenSeg.Evaluation.Tests.Semantic;

/// <summary>Datasets of maps, by the settings and the words of each method.</summary>
public sealed class MapDatasetTests : PaintedDatasetTests
{
    [Theory]
    [InlineData("bdd100k-19", "images/10k/val/{0}.png", "labels/sem_seg/masks/val/{0}.png", 19, 0)]
    [InlineData("bdd100k-19", "images/10k/val/{0}.png", "labels/sem_seg/masks/val/{0}_train_id.png", 19, 0)]
    [InlineData(
        "ade20k-847", "images_detectron2/validation/{0}.png", "annotations_detectron2/validation/{0}.tif", 250, 0)]
    [InlineData("pascal-context-459", "images/validation/{0}.png", "annotations_ctx459/validation/{0}.tif", 250, 0)]
    [InlineData("pascal-context-459", "images/validation/{0}.png", "annotations_detectron2/pc459_val/{0}.tif", 250, 0)]
    [InlineData("pascal-context-59", "images/validation/{0}.png", "annotations_ctx59/validation/{0}.png", 59, 0)]
    [InlineData("pascal-context-59", "JPEGImages/{0}.png", "SegmentationClassContext/{0}.png", 59, 1)]
    [InlineData("voc-21", "images/validation/{0}.png", "annotations_pascal21/validation/{0}.png", 21, 0)]
    [InlineData("voc-21", "JPEGImages/{0}.png", "SegmentationClass/{0}.png", 21, 0)]
    public void Run_FrozenSegOnMaps_IsRight(string dataset, string pictures, string maps, int classes, int first)
    {
        Data.WritePictures(pictures, ["2007_000033", "2007_000042"], classes);
        Data.WriteSemantic(maps, ["2007_000033", "2007_000042"], classes, position => position + first);

        AssertRight(Run(dataset), "semantic");
    }

    [Theory]
    [InlineData("voc-21", "JPEGImages/{0}.png", "SegmentationClass/{0}.png", 20, 1, "voc", "car-voc-20")]
    [InlineData(
        "coco-object",
        "val2017/{0}.png",
        "annotations/val2017/{0}_instanceTrainIds.png",
        80,
        1,
        "coco",
        "car-coco-object-80")]
    [InlineData(
        "pascal-context-59",
        "JPEGImages/{0}.png",
        "SegmentationClassContext/{0}.png",
        59,
        1,
        "context",
        "car-pascal-context-59")]
    [InlineData(
        "pascal-context-60",
        "JPEGImages/{0}.png",
        "SegmentationClassContext/{0}.png",
        59,
        1,
        "context",
        "car-pascal-context-59")]
    [InlineData(
        "pascal-context-459",
        "images/validation/{0}.png",
        "annotations_ctx459/validation/{0}.tif",
        250,
        0,
        "context-459",
        "car-pascal-context-459")]
    [InlineData(
        "ade20k-150", "images/validation/{0}.png", "annotations/validation/{0}.png", 150, 1, "ade", "car-ade-150")]
    [InlineData(
        "ade20k-847",
        "images_detectron2/validation/{0}.png",
        "annotations_detectron2/validation/{0}.tif",
        250,
        0,
        "ade",
        "car-ade-847")]
    public void Run_ClipAsRnnOnMaps_IsRightWithThePapersWords(
        string dataset, string pictures, string maps, int classes, int first, string preset, string vocabulary)
    {
        Data.WritePictures(pictures, ["000000000139", "000000000285", "000000000632"], classes);
        Data.WriteSemantic(
            maps, ["000000000139", "000000000285", "000000000632"], classes, position => position + first);
        // Where nothing is, the method answers nothing, and the annotation says background.
        if (first == 1 && dataset is not ("ade20k-150" or "pascal-context-59"))
        {
            Data.Picture(string.Format(pictures, "background"), 3, 255, 255);
            Data.Semantic(string.Format(maps, "background"), [3, -1, -1], position => position + 1);
        }

        RunReport report = Run(dataset, "car");

        AssertRight(
            report, dataset is "voc-21" or "coco-object" or "pascal-context-60" ? "semantic of words" : "semantic");
        Assert.Equal(preset, Method!.Settings["preset"]);
        Assert.All(Method.Orders, order => Assert.Equal(vocabulary, order.Vocabulary!.Name));
    }
}
