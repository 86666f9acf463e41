using FrozenSeg.Evaluation.Semantic;

namespace FrozenSeg.Evaluation.Runs.Datasets;

/// <summary>Where a dataset keeps what, relative to its root, in the layout its users have on disk.</summary>
/// <param name="Name">What <c>--dataset</c> calls it.</param>
/// <param name="Images">Folder of pictures.</param>
internal sealed record DatasetLayout(string Name, string Images)
{
    /// <summary>Other folders of pictures, as far as they are there.</summary>
    public IReadOnlyList<string> MoreImages { get; init; } = [];

    /// <summary>COCO panoptic JSON; null without.</summary>
    public string? Panoptic { get; init; }

    /// <summary>Folder of the panoptic PNGs; null for the one beside the JSON that has its name.</summary>
    public string? PanopticMaps { get; init; }

    /// <summary>COCO or LVIS instances JSON; null without.</summary>
    public string? Instances { get; init; }

    /// <summary>Whether the instances follow LVIS's rules.</summary>
    public bool IsFederated { get; init; }

    /// <summary>Folders of semantic maps with what their labels mean, the first that exists counts.</summary>
    public IReadOnlyList<(string Folder, LabelScheme Labels)> Semantic { get; init; } = [];

    /// <summary>Labels of the semantic maps that are not evaluated, besides void.</summary>
    public IReadOnlyList<int> Ignored { get; init; } = [];

    /// <summary>The background class of the semantic maps; null without.</summary>
    public int? Background { get; init; }

    /// <summary>References; null without.</summary>
    public string? Referring { get; init; }

    /// <summary>The part of the references that is measured when nobody says which; null for all.</summary>
    public string? Split { get; init; }

    /// <summary>Expressions for videos, in the form of Ref-YouTube-VOS; null without.</summary>
    public string? Expressions { get; init; }

    /// <summary>Annotated frames of the videos; null without.</summary>
    public string? Frames { get; init; }

    /// <summary>Text file with the pictures' names; null to take every picture of the folder.</summary>
    public string? List { get; init; }

    /// <summary>List of classes with what is seen; null without.</summary>
    public string? Classes { get; init; }

    /// <summary>The published vocabulary to look for; null to take the names of the annotations.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>Whether only the things of the vocabulary are looked for.</summary>
    public bool VocabularyThings { get; init; }

    /// <summary>Every annotation that may be there.</summary>
    public IEnumerable<string> Annotations =>
        new[] { Panoptic, Instances, Referring, Expressions }.OfType<string>()
            .Concat(Semantic.Select(entry => entry.Folder));
}
