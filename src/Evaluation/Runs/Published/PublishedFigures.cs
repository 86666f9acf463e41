namespace FrozenSeg.Evaluation.Runs.Published;

/// <summary>
/// What the papers report: FrozenSeg (Chen et al. 2024, arXiv 2409.03525; figures of the released checkpoints from the
/// README of its repository; where the logs beside it differ from that by more than rounding, both stand here) and CLIP
/// as RNN (Sun et al. 2024, arXiv 2312.07661, without SAM). All zero-shot but COCO, which FrozenSeg is trained on.
/// </summary>
internal static class PublishedFigures
{
    private const string ConvNeXt = "FrozenSeg ConvNeXt-L", ResNet = "FrozenSeg RN50x64", Car = "CLIP as RNN";
    private const string FrozenSegReadme = "FrozenSeg, README of the released code",
        CarPaper = "CLIP as RNN, arXiv 2312.07661";
    private const string FrozenSegLog = "FrozenSeg, log beside the released code (logs/testing)";

    /// <summary>The figures of a dataset.</summary>
    public static IEnumerable<PublishedFigure> Of(string dataset) => All.Where(figure => figure.Dataset == dataset);

    private static IReadOnlyList<PublishedFigure> All { get; } =
    [
        .. FrozenSeg("ade20k-150", "panoptic", "all.pq", 25.9, 23.1),
        .. FrozenSeg("ade20k-150", "instance", "AP", 16.4, 13.5),
        .. FrozenSeg("ade20k-150", "semantic", "mIoU", 34.4, 30.7),
        .. FrozenSeg("ade20k-150", "semantic", "FWIoU", 59.9, 56.6),
        .. FrozenSeg("cityscapes", "panoptic", "all.pq", 45.8, 45.2),
        .. FrozenSeg("cityscapes", "instance", "AP", 28.4, 28.9),
        .. FrozenSeg("cityscapes", "semantic", "mIoU", 56.8, 56.0),
        .. FrozenSeg("ade20k-847", "semantic", "mIoU", 14.8, 11.8),
        .. FrozenSeg("ade20k-847", "semantic", "FWIoU", 51.4, 52.8),
        .. FrozenSeg("pascal-context-459", "semantic", "mIoU", 19.7, 18.7),
        .. FrozenSeg("pascal-context-459", "semantic", "FWIoU", 60.2, 60.1),
        .. FrozenSeg("voc-21", "semantic", "mIoU", 82.5, 82.3),
        .. FrozenSeg("voc-21", "semantic", "FWIoU", 92.1, 92.1),
        .. FrozenSeg("lvis", "lvis", "APr", 25.6, 23.5),
        .. FrozenSeg("coco", "panoptic", "all.pq", 56.2, 55.7),
        .. FrozenSeg("coco", "instance", "AP", 47.3, 47.4),
        .. FrozenSeg("coco", "semantic", "mIoU", 65.5, 65.4),
        .. FrozenSeg("mapillary", "panoptic", "all.pq", 18.5, 18.1),
        .. FrozenSeg("mapillary", "semantic", "mIoU", 27.3, 27.7),
        .. FrozenSeg("bdd100k", "panoptic", "all.pq", 19.3, 12.9),
        .. FrozenSeg("bdd100k-19", "semantic", "mIoU", 52.3, 46.2),
        new("ade20k-150", "semantic", "mIoU", ConvNeXt, 33.8, FrozenSegLog),
        new("ade20k-150", "instance", "AP", ConvNeXt, 16.5, FrozenSegLog),
        new("ade20k-847", "semantic", "mIoU", ConvNeXt, 14.4, FrozenSegLog),
        new("ade20k-847", "semantic", "FWIoU", ConvNeXt, 51.5, FrozenSegLog),
        new("pascal-context-459", "semantic", "mIoU", ConvNeXt, 18.5, FrozenSegLog),
        new("pascal-context-459", "semantic", "FWIoU", ConvNeXt, 60.4, FrozenSegLog),
        new("voc-21", "semantic", "mIoU", Car, 67.6, CarPaper),
        new("coco-object", "semantic", "mIoU", Car, 36.6, CarPaper),
        new("pascal-context-60", "semantic", "mIoU", Car, 30.5, CarPaper),
        new("ref-davis", "video", "J&F", Car, 30.3, CarPaper),
        new("ref-davis", "video", "J", Car, 28.2, CarPaper),
        new("ref-davis", "video", "F", Car, 32.5, CarPaper),
    ];

    private static PublishedFigure[] FrozenSeg(
        string dataset, string metric, string figure, double convNeXt, double resNet) =>
    [
        new(dataset, metric, figure, ConvNeXt, convNeXt, FrozenSegReadme),
        new(dataset, metric, figure, ResNet, resNet, FrozenSegReadme),
    ];
}
