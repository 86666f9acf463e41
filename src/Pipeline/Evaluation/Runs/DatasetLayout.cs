using FrozenSeg.Pipeline.Evaluation.Semantic;

namespace FrozenSeg.Pipeline.Evaluation.Runs;

/// <summary>Where a dataset keeps what, relative to its root, in the layout its users have on disk.</summary>
/// <param name="Name">What <c>--dataset</c> calls it.</param>
/// <param name="Images">Folder of pictures.</param>
internal sealed record DatasetLayout(string Name, string Images)
{
    /// <summary>COCO panoptic JSON; null without.</summary>
    public string? Panoptic { get; init; }

    /// <summary>COCO or LVIS instances JSON; null without.</summary>
    public string? Instances { get; init; }

    /// <summary>Whether the instances follow LVIS's rules.</summary>
    public bool IsFederated { get; init; }

    /// <summary>Folders of semantic PNGs with what their labels mean, the first that exists counts.</summary>
    public IReadOnlyList<(string Folder, LabelScheme Labels)> Semantic { get; init; } = [];

    /// <summary>The background class of the semantic maps; null without.</summary>
    public int? Background { get; init; }

    /// <summary>References; null without.</summary>
    public string? Referring { get; init; }

    /// <summary>Text file with the pictures' names; null to take every picture of the folder.</summary>
    public string? List { get; init; }

    /// <summary>List of classes with what is seen; null without.</summary>
    public string? Classes { get; init; }

    /// <summary>The published vocabulary to look for; null to take the names of the annotations.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>Whether only the things of the vocabulary are looked for.</summary>
    public bool VocabularyThings { get; init; }
}
