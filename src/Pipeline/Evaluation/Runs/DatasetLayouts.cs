using FrozenSeg.Pipeline.Evaluation.Semantic;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Evaluation.Runs;

/// <summary>The datasets <c>eval run</c> knows, validation parts, in the layouts of detectron2, mmsegmentation and their publishers.</summary>
internal static class DatasetLayouts
{
    /// <summary>Generated scenes: <c>frozenseg scenes</c>.</summary>
    public const string Scenes = "scenes";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DatasetLayout> All { get; } =
    [
        new(Scenes, "images")
        {
            Panoptic = "panoptic.json", Instances = "instances.json", Semantic = [("semantic", LabelScheme.Plain)],
            Referring = "referring.json", Classes = "classes.json",
        },
        new("ade20k-150", "images/validation")
        {
            Panoptic = "ade20k_panoptic_val.json", Instances = "ade20k_instance_val.json", Vocabulary = "ade-150",
            Semantic = [("annotations_detectron2/validation", LabelScheme.Plain), ("annotations/validation", LabelScheme.Ade)],
        },
        new("ade20k-847", "images_detectron2/validation")
        {
            Semantic = [("annotations_detectron2/validation", LabelScheme.Plain)], Vocabulary = "ade-847",
        },
        new("coco", "val2017")
        {
            Panoptic = "annotations/panoptic_val2017.json", Instances = "annotations/instances_val2017.json", Vocabulary = "coco-133",
            Semantic = [("panoptic_semseg_val2017", LabelScheme.Plain)],
        },
        new("coco-object", "val2017")
        {
            Semantic = [("annotations/val2017", LabelScheme.Plain)], Background = 0, Vocabulary = "coco-133", VocabularyThings = true,
        },
        new("lvis", "val2017") { Instances = "annotations/lvis_v1_val.json", IsFederated = true, Vocabulary = "lvis-1203" },
        new("cityscapes", "leftImg8bit/val")
        {
            Panoptic = "gtFine/cityscapes_panoptic_val.json", Semantic = [("gtFine/val", LabelScheme.Cityscapes)], Vocabulary = "cityscapes",
        },
        new("voc-21", "JPEGImages")
        {
            Semantic = [("SegmentationClass", LabelScheme.Voc)], Background = 0, List = "ImageSets/Segmentation/val.txt", Vocabulary = "voc-20",
        },
        new("pascal-context-59", "JPEGImages")
        {
            Semantic = [("SegmentationClassContext", LabelScheme.Ade)], List = "ImageSets/SegmentationContext/val.txt", Vocabulary = "pc-59",
        },
        new("pascal-context-60", "JPEGImages")
        {
            Semantic = [("SegmentationClassContext", LabelScheme.Plain)], Background = 0, List = "ImageSets/SegmentationContext/val.txt",
            Vocabulary = "pc-59",
        },
        new("pascal-context-459", "images/validation")
        {
            Semantic = [("annotations_detectron2/pc459_val", LabelScheme.Plain)], Vocabulary = "pc-459",
        },
        new("refcoco", "train2014") { Referring = "refcoco/refs(unc).p" },
        new("refcoco+", "train2014") { Referring = "refcoco+/refs(unc).p" },
        new("refcocog", "train2014") { Referring = "refcocog/refs(umd).p" },
        new("grefcoco", "train2014") { Referring = "grefcoco/grefs(unc).json" },
    ];

    /// <summary>The layout called <paramref name="name"/>.</summary>
    /// <exception cref="SegmentationProblemException">There is none.</exception>
    public static DatasetLayout Find(string name) => All.FirstOrDefault(layout => layout.Name == name) ?? throw new SegmentationProblem(
        ProblemKind.InvalidRequest,
        "--dataset",
        $"there is no dataset '{name}'",
        $"Use one of {string.Join(", ", All.Select(layout => layout.Name))}").ToException();
}
