using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Evaluation.Referring;
using FrozenSeg.Evaluation.Semantic;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Video;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Evaluation.Runs.Datasets;

/// <summary>A dataset on disk: its pictures, its vocabulary, and the annotations that are there.</summary>
internal sealed record EvaluationDataset
{
    /// <summary>Where it keeps what.</summary>
    public required DatasetLayout Layout { get; init; }

    /// <summary>Its root.</summary>
    public required string Root { get; init; }

    /// <summary>The pictures, by name; limited when fewer were asked for. Of a video dataset every frame.</summary>
    public required IReadOnlyList<DatasetPicture> Pictures { get; init; }

    /// <summary>Its classes as prompts; null for references, which bring their own words.</summary>
    public required Vocabulary? Vocabulary { get; init; }

    /// <summary>Panoptic annotations; null when absent.</summary>
    public string? Panoptic { get; init; }

    /// <summary>Folder of the panoptic PNGs; null for the one beside the annotations.</summary>
    public string? PanopticMaps { get; init; }

    /// <summary>Instance annotations; null when absent.</summary>
    public string? Instances { get; init; }

    /// <summary>Semantic annotations; null when absent.</summary>
    public string? Semantic { get; init; }

    /// <summary>What the labels of the semantic annotations mean.</summary>
    public SemanticOptions Labels { get; init; } = new();

    /// <summary>References; null when absent.</summary>
    public string? Referring { get; init; }

    /// <summary>Which part of the references is looked at; null for all.</summary>
    public string? Split { get; init; }

    /// <summary>
    /// The videos by who described them: each with all objects, in the order of the file; empty without videos.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<VideoClip>> Videos { get; init; } = [];

    /// <summary>Annotated frames of the videos; null without.</summary>
    public string? Frames { get; init; }

    /// <summary>List of classes with what is seen; null when absent.</summary>
    public string? Classes { get; init; }

    /// <summary>Every file of annotations that is one file.</summary>
    public IEnumerable<string> AnnotationFiles =>
        new[] { Panoptic, Instances, Referring, Expressions, Classes }.OfType<string>();

    /// <summary>Expressions for the videos; null without.</summary>
    public string? Expressions { get; init; }

    /// <summary>Names of the pictures that are looked at.</summary>
    public IReadOnlySet<string> ListNames() => Pictures.Select(picture => picture.Name).ToHashSet();

    /// <summary>Opens a dataset for a run.</summary>
    /// <exception cref="SegmentationProblemException">Something the dataset needs is missing; carries all of
    /// it.</exception>
    public static EvaluationDataset Open(RunOrder order)
    {
        IReadOnlyList<DatasetLayout> layouts = DatasetLayouts.Find(order.Dataset);
        DatasetLayout layout = layouts.FirstOrDefault(
            candidate => candidate.Annotations.Any(annotation => Existing(order.Root, annotation) is not null))
            ?? throw SegmentationProblem.Storage(
                order.Root,
                $"no annotations of {order.Dataset} are there",
                $"Expected {string.Join(" or ", layouts.SelectMany(candidate => candidate.Annotations).Distinct())} "
                    + $"below it");
        (string Folder, LabelScheme Labels) semantic = layout.Semantic.FirstOrDefault(
            entry => Existing(order.Root, entry.Folder) is not null);
        var dataset = new EvaluationDataset
        {
            Layout = layout,
            Root = order.Root,
            Pictures = [],
            Vocabulary = null,
            Panoptic = Existing(order.Root, layout.Panoptic),
            PanopticMaps = Existing(order.Root, layout.PanopticMaps),
            Instances = Existing(order.Root, layout.Instances),
            Semantic = Existing(order.Root, semantic.Folder),
            Referring = Existing(order.Root, layout.Referring),
            Split = order.Split ?? layout.Split,
            Expressions = Existing(order.Root, layout.Expressions),
            Frames = Existing(order.Root, layout.Frames),
            Classes = order.Classes ?? Existing(order.Root, layout.Classes),
        };
        return dataset.Expressions is not null
            ? dataset.WithVideos(order)
            : dataset.WithWords(order, semantic.Labels).WithPictures(order);
    }

    /// <summary>The references of the pictures that are looked at.</summary>
    public IReadOnlyList<ReferringItem> References()
    {
        var problems = new ProblemLog();
        IReadOnlySet<string> names = ListNames();
        IReadOnlyList<ReferringItem> items = [.. ReferringSet.Read(Referring!, Split, problems).Where(
            item => names.Contains(PictureNames.Of(item.Image.Name)))];
        problems.ThrowIfAny();
        return items;
    }

    private EvaluationDataset WithWords(RunOrder order, LabelScheme labels)
    {
        Vocabulary? vocabulary = Referring is not null && Panoptic is null
            ? null
            : DatasetWords.Find(this, order.Method);
        return this with
        {
            Vocabulary = vocabulary,
            Labels = new SemanticOptions
            {
                TruthLabels = labels,
                Ignored = Layout.Ignored,
                Background = Layout.Background,
                Classes = Classes is not null ? ClassesFile.ReadIndices(Classes)
                    : vocabulary is null ? null
                    : DatasetWords.Indexed(vocabulary, Layout.Background),
            },
        };
    }

    private EvaluationDataset WithPictures(RunOrder order)
    {
        DatasetPicture[] pictures = DatasetPictures.Find(order.Root, Layout);
        if (AnnotatedNames() is HashSet<string> annotated)
        {
            HashSet<string> there = [.. pictures.Select(picture => picture.Name)];
            string[] lost = [.. annotated.Where(name => !there.Contains(name)).Order(StringComparer.Ordinal)];
            if (order.Limit is null && lost.Length > 0)
                throw DatasetPictures.Lost(Path.Combine(order.Root, Layout.Images), lost);
            pictures = [.. pictures.Where(picture => annotated.Contains(picture.Name))];
            if (pictures.Length == 0)
                throw SegmentationProblem.Storage(
                    Path.Combine(order.Root, Layout.Images),
                    "no annotated picture is there",
                    "Give the dataset's root");
        }

        return this with { Pictures = order.Limit is int most ? [.. pictures.Take(most)] : pictures };
    }

    // Annotations that name their pictures decide which are looked at; a folder of maps may hold more than the list.
    private HashSet<string>? AnnotatedNames()
    {
        var problems = new ProblemLog();
        IEnumerable<string>? names = null;
        if (Panoptic is not null)
            names = PanopticSetReader.Read(Panoptic, problems, PanopticMaps).Pictures.Select(picture => picture.Path);
        else if (Instances is not null)
            names = InstanceSetReader.Read(Instances, Layout.IsFederated, problems).Images.Select(image => image.Name);
        else if (Referring is not null)
            names = ReferringSet.Read(Referring, Split, problems).Select(item => item.Image.Name);
        problems.ThrowIfAny();
        return names?.Select(PictureNames.Of).ToHashSet();
    }

    private EvaluationDataset WithVideos(RunOrder order)
    {
        IReadOnlyList<IReadOnlyList<VideoClip>> videos = ReferringVideos.Read(order.Root, order.Limit);
        return this with
        {
            Videos = videos,
            Pictures = [.. videos[0].SelectMany(clip => clip.Frames.Select(
                frame => new DatasetPicture($"{Path.GetFileName(clip.Name)}/{PictureNames.Of(frame)}", frame)))],
        };
    }

    private static string? Existing(string root, string? relative) =>
        relative is not null && Path.Exists(Path.Combine(root, relative)) ? Path.Combine(root, relative) : null;
}
