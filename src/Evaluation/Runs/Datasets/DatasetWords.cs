using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Evaluation.Runs.Published;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Evaluation.Runs.Datasets;

/// <summary>The words to look for in a dataset.</summary>
internal static class DatasetWords
{
    /// <summary>What the background class is called.</summary>
    public const string Background = "background";

    /// <summary>The user's own list, or the paper's, or the dataset's, or the names in the annotations.</summary>
    /// <exception cref="SegmentationProblemException">There are none.</exception>
    public static Vocabulary Find(EvaluationDataset dataset, string method)
    {
        DatasetLayout layout = dataset.Layout;
        if (dataset.Classes is not null)
            return Named(layout.Name, ClassesFile.ReadIndices(dataset.Classes), verbatim: false);
        bool verbatim = PublishedVocabularies.TakesAnnotatedNames(layout.Name, method);
        if (PublishedVocabularies.Find(layout.Name, method) is Vocabulary published)
            return published;
        if (layout.Vocabulary is not null && !verbatim)
            return Everybodys(layout);
        var problems = new ProblemLog();
        if (dataset.Panoptic is not null)
            return Named(layout.Name, PanopticSetReader.Read(dataset.Panoptic, problems).Classes, verbatim);
        if (dataset.Instances is not null)
            return Named(
                layout.Name, InstanceSetReader.Read(dataset.Instances, layout.IsFederated, problems).Classes, verbatim);
        throw SegmentationProblem.Storage(
            "--classes",
            $"the annotations of {layout.Name} do not name their classes",
            "Give a list of the classes' names, in the order of their labels");
    }

    /// <summary>
    /// The classes of semantic maps whose labels are positions; a background without words of its own is class 0.
    /// </summary>
    public static IReadOnlyList<DatasetClass> Indexed(Vocabulary vocabulary, int? background)
    {
        bool isAdded = background is 0 && vocabulary[0].Name != Background;
        IEnumerable<DatasetClass> named = vocabulary.Categories.Select(
            (category, i) => new DatasetClass(isAdded ? i + 1 : i, category.Name, category.Kind is CategoryKind.Thing));
        return isAdded ? [new DatasetClass(0, Background, IsThing: false), .. named] : [.. named];
    }

    // A vocabulary that is cut to its things is another one.
    private static Vocabulary Everybodys(DatasetLayout layout)
    {
        var whole = Vocabulary.Named(layout.Vocabulary!);
        return layout.VocabularyThings
            ? new Vocabulary(
                $"{whole.Name} things", [.. whole.Categories.Where(category => category.Kind is CategoryKind.Thing)])
            : whole;
    }

    // Synonyms are listed with commas, as in ADE20K; LVIS writes words with underscores.
    private static Vocabulary Named(string name, IReadOnlyList<DatasetClass> classes, bool verbatim) =>
        new(name, [.. classes.Select(category => new Category(
            category.Id,
            verbatim ? [category.Name] : Names(category.Name),
            category.IsThing ? CategoryKind.Thing : CategoryKind.Stuff))]);

    private static IReadOnlyList<string> Names(string list) =>
        [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(
            word => word.Replace('_', ' ')).DefaultIfEmpty(list)];
}
