using FrozenSeg.Evaluation.Semantic;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Runs.Datasets;

/// <summary>
/// The datasets <c>eval run</c> knows, validation parts, in the layouts of detectron2, mmsegmentation and their
/// publishers. A dataset that users have in several layouts is listed once for each.
/// </summary>
internal static class DatasetLayouts
{
    /// <summary>Generated scenes: <c>frozenseg scenes</c>.</summary>
    public const string Scenes = "scenes";

    private const string Validation = "val";

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
            Semantic =
                [("annotations_detectron2/validation", LabelScheme.Plain), ("annotations/validation", LabelScheme.Ade)],
        },
        new("ade20k-847", "images_detectron2/validation")
        {
            Semantic = [("annotations_detectron2/validation", LabelScheme.Plain)], Vocabulary = "ade-847",
        },
        new("coco", "val2017")
        {
            Panoptic = "annotations/panoptic_val2017.json",
            Instances = "annotations/instances_val2017.json",
            Vocabulary = "coco-133",
            Semantic = [("panoptic_semseg_val2017", LabelScheme.Plain)],
        },
        new("coco-object", "val2017")
        {
            Semantic = [("annotations/val2017", LabelScheme.Plain)],
            Background = 0,
            Vocabulary = "coco-133",
            VocabularyThings = true,
        },
        // LVIS's validation pictures are COCO's of both parts.
        .. new[]
        {
            ("", "annotations"),
            ("coco/", "lvis"),
        }.Select(place => new DatasetLayout("lvis", $"{place.Item1}val2017")
        {
            MoreImages = [$"{place.Item1}train2017"],
            Instances = $"{place.Item2}/lvis_v1_val.json",
            IsFederated = true,
            Vocabulary = "lvis-1203",
        }),
        new("cityscapes", "leftImg8bit/val")
        {
            Panoptic = "gtFine/cityscapes_panoptic_val.json",
            Semantic = [("gtFine/val", LabelScheme.Cityscapes)],
            Vocabulary = "cityscapes",
        },
        .. new[] { "", "v1.2/" }.Select(version => new DatasetLayout("mapillary", "validation/images")
        {
            Panoptic = $"validation/{version}panoptic/panoptic_2018.json",
            Semantic = [($"validation/{version}labels", LabelScheme.Plain)],
            Ignored = [MapillaryUnlabelled], Vocabulary = "mapillary",
        }),
        .. new[] { "jsons", "json" }.Select(folder => new DatasetLayout("bdd100k", "images/10k/val")
        {
            Panoptic = $"{folder}/pan_seg_val_cocofmt.json",
            PanopticMaps = $"{folder}/pan_seg/masks/val",
            Vocabulary = "bdd100k",
        }),
        new("bdd100k-19", "images/10k/val")
        {
            Semantic = [("labels/sem_seg/masks/val", LabelScheme.Plain)],
            Vocabulary = "bdd100k-19",
        },
        new("voc-21", "JPEGImages")
        {
            Semantic = [("SegmentationClass", LabelScheme.Voc)],
            Background = 0,
            List = "ImageSets/Segmentation/val.txt",
            Vocabulary = "voc-20",
        },
        new("voc-21", "images/validation")
        {
            Semantic = [("annotations_pascal21/validation", LabelScheme.Plain)], Background = 0, Vocabulary = "voc-20",
        },
        new("pascal-context-59", "JPEGImages")
        {
            Semantic = [("SegmentationClassContext", LabelScheme.Ade)],
            List = "ImageSets/SegmentationContext/val.txt",
            Vocabulary = "pc-59",
        },
        new("pascal-context-59", "images/validation")
        {
            Semantic = [("annotations_ctx59/validation", LabelScheme.Plain)], Vocabulary = "pc-59",
        },
        new("pascal-context-60", "JPEGImages")
        {
            Semantic = [("SegmentationClassContext", LabelScheme.Plain)],
            Background = 0,
            List = "ImageSets/SegmentationContext/val.txt",
            Vocabulary = "pc-59",
        },
        new("pascal-context-459", "images/validation")
        {
            Semantic = [("annotations_ctx459/validation", LabelScheme.Plain), (
                "annotations_detectron2/pc459_val", LabelScheme.Plain)],
            Vocabulary = "pc-459",
        },
        new("refcoco", "train2014") { Referring = "refcoco/refs(unc).p", Split = Validation },
        new("refcoco+", "train2014") { Referring = "refcoco+/refs(unc).p", Split = Validation },
        new("refcocog", "train2014") { Referring = "refcocog/refs(umd).p", Split = Validation },
        new("grefcoco", "train2014") { Referring = "grefcoco/grefs(unc).json", Split = Validation },
        new("ref-davis", "valid/JPEGImages")
        {
            Expressions = "meta_expressions/valid/meta_expressions.json",
            Frames = "valid/Annotations",
        },
    ];

    // The last of Mapillary Vistas' 66 labels.
    private const int MapillaryUnlabelled = 65;

    /// <summary>The layouts of the dataset called <paramref name="name"/>.</summary>
    /// <exception cref="SegmentationProblemException">There is none.</exception>
    public static IReadOnlyList<DatasetLayout> Find(string name)
    {
        DatasetLayout[] layouts = [.. All.Where(layout => layout.Name == name)];
        return layouts.Length > 0 ? layouts : throw SegmentationProblem.InvalidRequest(
            "--dataset",
            $"there is no dataset '{name}'",
            $"Use one of {string.Join(", ", All.Select(layout => layout.Name).Distinct())}");
    }
}
