using FrozenSeg.Evaluation.Runs.Datasets;
using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.FrozenBackbones;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Evaluation.Runs.Published;

/// <summary>
/// The words a paper looked for, where they are not those that <see cref="DatasetLayouts"/> gives for everybody: CLIP
/// as RNN has lists of its own (car.md 9.1), and FrozenSeg's VOC has words for its background, which a method without
/// void answers needs (frozenseg.md 9).
/// </summary>
internal static class PublishedVocabularies
{
    /// <summary>The words of a method for a dataset; null to take everybody's.</summary>
    public static Vocabulary? Find(string dataset, string method) => (method, dataset) switch
    {
        (CarMethod.MethodName, "voc-21") => CarVocabularies.Voc,
        (CarMethod.MethodName, "coco-object") => CarVocabularies.CocoObject,
        (CarMethod.MethodName, "pascal-context-59" or "pascal-context-60") => CarVocabularies.PascalContext,
        (CarMethod.MethodName, "pascal-context-459") => CarVocabularies.PascalContext459,
        (CarMethod.MethodName, "ade20k-150") => CarVocabularies.Ade150,
        (CarMethod.MethodName, "ade20k-847") => CarVocabularies.Ade847,
        (FrozenSegMethod.FrozenSegName or FrozenSegMethod.FcClipName, "voc-21") => Vocabulary.Named("voc-21"),
        _ => null,
    };

    /// <summary>
    /// Whether a method looks for the names in the annotations, letter by letter: FrozenSeg and FC-CLIP do on LVIS,
    /// whose names have underscores.
    /// </summary>
    public static bool TakesAnnotatedNames(string dataset, string method) =>
        dataset == "lvis" && method is (FrozenSegMethod.FrozenSegName or FrozenSegMethod.FcClipName);
}
