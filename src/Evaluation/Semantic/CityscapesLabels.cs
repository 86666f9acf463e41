namespace FrozenSeg.Evaluation.Semantic;

/// <summary>
/// Cityscapes numbers its labels twice: ids as annotated, and train ids for the 19 classes that are evaluated
/// (cityscapesScripts, <c>labels.py</c>).
/// </summary>
internal static class CityscapesLabels
{
    /// <summary>The label id of each train id.</summary>
    public static IReadOnlyList<int> Ids { get; } =
        [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33];

    /// <summary>The names of the train ids.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "road", "sidewalk", "building", "wall", "fence", "pole", "traffic light", "traffic sign", "vegetation",
        "terrain",
        "sky", "person", "rider", "car", "truck", "bus", "train", "motorcycle", "bicycle",
    ];

    /// <summary>The train id of a label id; null for labels that are not evaluated.</summary>
    public static int? TrainId(int id) => TrainIds.TryGetValue(id, out int train) ? train : null;

    private static Dictionary<int, int> TrainIds { get; } =
        Ids.Select((id, train) => (id, train)).ToDictionary(pair => pair.id, pair => pair.train);
}
