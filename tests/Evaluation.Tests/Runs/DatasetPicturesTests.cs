using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Evaluation.Tests.Runs;

/// <summary>Which pictures of a dataset are looked at, and how those are named that cannot be.</summary>
public sealed class DatasetPicturesTests : PaintedDatasetTests
{
    [Fact]
    public void Run_Lvis_LooksAtTheAnnotatedPicturesOfBothParts()
    {
        Category[] classes = [.. NamedVocabularies.Find("lvis-1203").Categories.Take(40)];
        Data.Picture("coco/val2017/000000000139.png", PaintedDataset.Classes(0, classes.Length));
        Data.Picture("coco/train2017/000000000285.png", PaintedDataset.Classes(1, classes.Length));
        Data.Picture("coco/train2017/000000000999.png", PaintedDataset.Classes(2, classes.Length));
        Data.WriteInstances(
            "lvis/lvis_v1_val.json",
            ["000000000139", "000000000285"],
            [139, 285],
            classes,
            category => category.Id,
            name: "alarm_clock");

        AssertRight(Run("lvis", tasks: SegmentationTask.Instance), "lvis");
        Assert.Equal(2, Method!.Orders.Count);
        Assert.Equal("alarm_clock 1", Method.Orders[0].Vocabulary![0].Name);
    }

    [Fact]
    public void Run_AnnotatedPicturesThatAreMissing_AreNamed()
    {
        IReadOnlyList<Category> classes = NamedVocabularies.Find("coco-133").Categories;
        Data.WritePictures("val2017/{0}.png", ["000000000139"], classes.Count);
        Data.WritePanoptic(
            "annotations/panoptic_val2017.json",
            "annotations/panoptic_val2017/{0}.png",
            ["000000000139", "000000000285"],
            [139, 285],
            classes,
            category => category.Id);

        Assert.Contains(
            "1 annotated pictures are missing: 000000000285",
            Message("coco", "frozenseg", null, limit: null),
            StringComparison.Ordinal);
        Assert.Null(Message("coco", "frozenseg", null, limit: 1));
    }

    [Fact]
    public void Run_PictureInTwoFiles_IsNamed()
    {
        Data.WritePictures("JPEGImages/{0}.png", ["2007_000033"], 20);
        Data.WritePictures("JPEGImages/again/{0}.png", ["2007_000033"], 20);
        Data.WriteSemantic("SegmentationClass/{0}.png", ["2007_000033"], 20, position => position);

        Assert.Contains(
            "the picture '2007_000033' is there already",
            Message("voc-21", "frozenseg", null, null),
            StringComparison.Ordinal);
    }
}
