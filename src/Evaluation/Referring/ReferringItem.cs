using FrozenSeg.Evaluation.Formats.Coco;

namespace FrozenSeg.Evaluation.Referring;

/// <summary>An object of a picture and the expressions that mean it.</summary>
/// <param name="Id">The reference's number.</param>
/// <param name="Image">The picture.</param>
/// <param name="Sentences">Number and words of each expression.</param>
/// <param name="Targets">The masks that are meant, as the dataset writes them; none where nothing is meant.</param>
internal sealed record ReferringItem(
    string Id,
    CocoImage Image,
    IReadOnlyList<(string Id, string Text)> Sentences,
    IReadOnlyList<CocoSegmentation> Targets);
