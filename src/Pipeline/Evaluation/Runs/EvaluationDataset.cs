using FrozenSeg.Pipeline.Evaluation.Formats;
using FrozenSeg.Pipeline.Evaluation.Instances;
using FrozenSeg.Pipeline.Evaluation.Panoptic;
using FrozenSeg.Pipeline.Evaluation.Referring;
using FrozenSeg.Pipeline.Evaluation.Semantic;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Evaluation.Runs;

/// <summary>A dataset on disk: its pictures, its vocabulary, and the annotations that are there.</summary>
internal sealed record EvaluationDataset
{
    private static readonly string[] PictureEndings = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>What it is called.</summary>
    public required DatasetLayout Layout { get; init; }

    /// <summary>Its root.</summary>
    public required string Root { get; init; }

    /// <summary>The pictures, by name; limited when fewer were asked for.</summary>
    public required IReadOnlyList<DatasetPicture> Pictures { get; init; }

    /// <summary>Its classes as prompts; null for references, which bring their own words.</summary>
    public required Vocabulary? Vocabulary { get; init; }

    /// <summary>Panoptic annotations; null when absent.</summary>
    public string? Panoptic { get; init; }

    /// <summary>Instance annotations; null when absent.</summary>
    public string? Instances { get; init; }

    /// <summary>Semantic annotations; null when absent.</summary>
    public string? Semantic { get; init; }

    /// <summary>What the labels of the semantic annotations mean.</summary>
    public SemanticOptions Labels { get; init; } = new();

    /// <summary>References; null when absent.</summary>
    public string? Referring { get; init; }

    /// <summary>List of classes with what is seen; null when absent.</summary>
    public string? Classes { get; init; }

    /// <summary>Opens a dataset.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="root">Its root.</param>
    /// <param name="classesPath">Classes to use instead of the dataset's own; null for those.</param>
    /// <param name="limit">Most pictures; null for all.</param>
    /// <exception cref="SegmentationProblemException">Something the dataset needs is missing.</exception>
    public static EvaluationDataset Open(string name, string root, string? classesPath, int? limit)
    {
        DatasetLayout layout = DatasetLayouts.Find(name);
        string? classes = classesPath ?? Existing(root, layout.Classes);
        string? panoptic = Existing(root, layout.Panoptic), instances = Existing(root, layout.Instances), referring = Existing(root, layout.Referring);
        (string Folder, LabelScheme Labels) semantic = layout.Semantic.FirstOrDefault(entry => Directory.Exists(Path.Combine(root, entry.Folder)));
        if (panoptic is null && instances is null && referring is null && semantic.Folder is null)
            throw Missing(root, $"no annotations of {name} are there", $"Expected {string.Join(" or ", Expected(layout))} below it");
        DatasetPicture[] pictures = Find(root, layout);
        Vocabulary? vocabulary = referring is not null && panoptic is null ? null : Words(layout, classes, panoptic, instances);
        return new EvaluationDataset
        {
            Layout = layout,
            Root = root,
            Pictures = limit is int most ? [.. pictures.Take(most)] : pictures,
            Vocabulary = vocabulary,
            Panoptic = panoptic,
            Instances = instances,
            Semantic = semantic.Folder is null ? null : Path.Combine(root, semantic.Folder),
            Labels = new SemanticOptions
            {
                TruthLabels = semantic.Labels,
                Background = layout.Background,
                Classes = classes is not null ? ClassesFile.ReadIndices(classes) : vocabulary is null ? null : Indexed(vocabulary, layout.Background),
            },
            Referring = referring,
            Classes = classes,
        };
    }

    /// <summary>Names of the pictures that are looked at.</summary>
    public IReadOnlySet<string> Names => Pictures.Select(picture => picture.Name).ToHashSet();

    /// <summary>The references of the pictures that are looked at.</summary>
    public IReadOnlyList<ReferringItem> References()
    {
        var problems = new ProblemLog();
        IReadOnlySet<string> names = Names;
        IReadOnlyList<ReferringItem> items = [.. ReferringSet.Read(Referring!, null, problems)
            .Where(item => names.Contains(Path.GetFileNameWithoutExtension(item.Image.Name)))];
        problems.ThrowIfAny();
        return items;
    }

    private static string? Existing(string root, string? relative) =>
        relative is not null && File.Exists(Path.Combine(root, relative)) ? Path.Combine(root, relative) : null;

    private static IEnumerable<string> Expected(DatasetLayout layout) =>
        new[] { layout.Panoptic, layout.Instances, layout.Referring }.OfType<string>().Concat(layout.Semantic.Select(entry => entry.Folder));

    private static DatasetPicture[] Find(string root, DatasetLayout layout)
    {
        string folder = Path.Combine(root, layout.Images);
        if (!Directory.Exists(folder))
            throw Missing(folder, "the folder of pictures is missing", "Give the dataset's root");
        DatasetPicture[] pictures = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => PictureEndings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal).Select(file => new DatasetPicture(SemanticFolder.KeyOf(file), file))];
        if (layout.List is not null && Existing(root, layout.List) is string list)
        {
            HashSet<string> wanted = [.. File.ReadAllLines(list).Select(line => line.Trim())];
            pictures = [.. pictures.Where(picture => wanted.Contains(picture.Name))];
        }

        return pictures.Length > 0 ? pictures : throw Missing(folder, "there are no pictures", "Give the dataset's root");
    }

    private static Vocabulary Words(DatasetLayout layout, string? classes, string? panoptic, string? instances)
    {
        if (classes is not null)
            return Named(layout.Name, ClassesFile.ReadIndices(classes));
        if (layout.Vocabulary is not null)
            return Published(layout);
        var problems = new ProblemLog();
        if (panoptic is not null)
            return Named(layout.Name, PanopticSetReader.Read(panoptic, problems).Classes);
        if (instances is not null)
            return Named(layout.Name, InstanceSetReader.Read(instances, layout.IsFederated, problems).Classes);
        throw Missing("--classes", $"the annotations of {layout.Name} do not name their classes", "Give a list of the classes' names, in the order of their labels");
    }

    // A vocabulary that is cut to its things is another one.
    private static Vocabulary Published(DatasetLayout layout)
    {
        var whole = Vocabulary.Named(layout.Vocabulary!);
        return layout.VocabularyThings
            ? new Vocabulary($"{whole.Name} things", [.. whole.Categories.Where(category => category.Kind is CategoryKind.Thing)])
            : whole;
    }

    // Synonyms are listed with commas, as in ADE20K; LVIS writes words with underscores.
    private static Vocabulary Named(string name, IReadOnlyList<DatasetClass> classes) => new(name, [.. classes.Select(category => new Category(
        category.Id,
        [.. category.Name.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(word => word.Replace('_', ' ')).DefaultIfEmpty(category.Name)],
        category.IsThing ? CategoryKind.Thing : CategoryKind.Stuff))]);

    // With a background as class 0 the words begin at 1.
    private static DatasetClass[] Indexed(Vocabulary vocabulary, int? background)
    {
        int first = background is 0 ? 1 : 0;
        IEnumerable<DatasetClass> named = vocabulary.Categories.Select(
            (category, i) => new DatasetClass(i + first, category.Name, category.Kind is CategoryKind.Thing));
        return background is 0 ? [new DatasetClass(0, "background", IsThing: false), .. named] : [.. named];
    }

    private static SegmentationProblemException Missing(string where, string found, string remedy) =>
        new SegmentationProblem(ProblemKind.Storage, where, found, remedy).ToException();
}
