using FrozenSeg.Evaluation.Semantic;
using FrozenSeg.Evaluation.Tests.Runs;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Evaluation.Tests.Panoptic;

/// <summary>Datasets with panoptic annotations, most of them with maps and instances too.</summary>
public sealed class PanopticDatasetTests : PaintedDatasetTests
{
    [Fact]
    public void Run_Coco_IsRight()
    {
        IReadOnlyList<Category> classes = NamedVocabularies.Find("coco-133").Categories;
        Data.WritePictures("val2017/{0}.png", ["000000000139", "000000000285"], classes.Count);
        Data.WritePanoptic(
            "annotations/panoptic_val2017.json",
            "annotations/panoptic_val2017/{0}.png",
            ["000000000139", "000000000285"],
            [139, 285],
            classes,
            category => category.Id);
        Data.WriteInstances(
            "annotations/instances_val2017.json",
            ["000000000139", "000000000285"],
            [139, 285],
            classes,
            category => category.Id);
        Data.WriteSemantic(
            "panoptic_semseg_val2017/{0}.png", ["000000000139", "000000000285"], classes.Count, position => position);

        AssertRight(Run("coco"), "panoptic", "semantic", "instance");
    }

    [Fact]
    public void Run_Ade_IsRight()
    {
        // Ids begin at 0 in the panoptic file and at 1 among the things; names are not the vocabulary's.
        IReadOnlyList<Category> classes = NamedVocabularies.Find("ade-150").Categories;
        string[] names = ["ADE_val_00000001", "ADE_val_00000002"];
        int[] things = [.. Enumerable.Range(0, classes.Count).Where(i => classes[i].Kind is CategoryKind.Thing)];
        Data.WritePictures("images/validation/{0}.png", names, classes.Count);
        Data.WritePanoptic(
            "ade20k_panoptic_val.json",
            "ade20k_panoptic_val/{0}.png",
            names,
            names,
            classes,
            category => category.Id - 1,
            name: "class");
        Data.WriteInstances(
            "ade20k_instance_val.json",
            names,
            [0, 1],
            classes,
            category => 1 + Array.IndexOf(things, category.Id - 1),
            name: "class");
        Data.WriteSemantic("annotations_detectron2/validation/{0}.png", names, classes.Count, position => position);

        AssertRight(Run("ade20k-150"), "panoptic", "semantic", "instance");
    }

    [Fact]
    public void Run_Cityscapes_IsRight()
    {
        IReadOnlyList<Category> classes = NamedVocabularies.Find("cityscapes").Categories;
        string[] names = ["bonn_000000_000019", "bonn_000001_000019"];
        Data.WritePictures("leftImg8bit/val/bonn/{0}_leftImg8bit.png", names, classes.Count);
        Data.WritePanoptic(
            "gtFine/cityscapes_panoptic_val.json",
            "gtFine/cityscapes_panoptic_val/{0}_gtFine_panoptic.png",
            names,
            names,
            classes,
            category => category.Id, image: "{0}_gtFine_leftImg8bit.png");
        Data.WriteSemantic(
            "gtFine/val/bonn/{0}_gtFine_labelIds.png",
            names,
            classes.Count,
            position => CityscapesLabels.Ids[position]);

        AssertRight(Run("cityscapes"), "panoptic", "semantic");
        Assert.Equal(("1024", "2560"), (Method!.Settings["min_size"], Method.Settings["max_size"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1.2/")]
    public void Run_Mapillary_IsRight(string version)
    {
        IReadOnlyList<Category> classes = NamedVocabularies.Find("mapillary").Categories;
        string[] names = ["_1Gn_xkw7sa_i9GU4mkxxQ", "--0dBIDjvOUACgA4yYLfLw"];
        Data.WritePictures("validation/images/{0}.png", names, classes.Count);
        Data.WritePanoptic(
            $"validation/{version}panoptic/panoptic_2018.json",
            $"validation/{version}panoptic/{{0}}.png",
            names,
            names,
            classes,
            category => category.Id, more: [new { id = 66, name = "Unlabeled", isthing = 0 }]);
        Data.WriteSemantic($"validation/{version}labels/{{0}}.png", names, classes.Count, position => position);
        // A picture whose right half nobody labelled.
        Data.Picture("validation/images/unlabelled.png", 3, 4, 4);
        Data.Semantic($"validation/{version}labels/unlabelled.png", [3, 65, 65], label => label);

        AssertRight(Run("mapillary", tasks: SegmentationTask.Semantic), "semantic");
    }

    [Fact]
    public void Run_MapillaryPanoptic_IsRightThoughUnlabelledIsAClass()
    {
        IReadOnlyList<Category> classes = NamedVocabularies.Find("mapillary").Categories;
        Data.WritePictures("validation/images/{0}.png", ["a", "b"], classes.Count);
        Data.WritePanoptic(
            "validation/panoptic/panoptic_2018.json", "validation/panoptic/{0}.png", ["a", "b"], ["a", "b"], classes,
            category => category.Id, more: [new { id = 66, name = "Unlabeled", isthing = 0 }]);

        AssertRight(Run("mapillary"), "panoptic");
        Assert.Equal("1024", Method!.Settings["min_size"]);
    }

    [Fact]
    public void Run_Bdd_IsRight()
    {
        IReadOnlyList<Category> classes = NamedVocabularies.Find("bdd100k").Categories;
        Data.WritePictures("images/10k/val/{0}.png", ["7d06fefd-f7be05a6", "7d128593-0ccfea4c"], classes.Count);
        Data.WritePanoptic(
            "jsons/pan_seg_val_cocofmt.json",
            "jsons/pan_seg/masks/val/{0}.png",
            ["7d06fefd-f7be05a6", "7d128593-0ccfea4c"],
            ["7d06fefd-f7be05a6", "7d128593-0ccfea4c"], classes, category => category.Id);

        AssertRight(Run("bdd100k"), "panoptic");
        Assert.Equal(("0.4", "800"), (Method!.Settings["object_mask_threshold"], Method.Settings["min_size"]));
    }
}
