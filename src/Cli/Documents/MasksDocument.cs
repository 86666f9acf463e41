namespace FrozenSeg.Cli.Documents;

/// <summary><c>masks.json</c>: the masks of one picture, each as SAM writes it, and how they came about.</summary>
/// <param name="Image">File name of the picture.</param>
/// <param name="Size">Height and width.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Settings">Options that shaped the result.</param>
/// <param name="Timings">Seconds by step.</param>
/// <param name="Masks">The masks, in the model's order.</param>
internal sealed record MasksDocument(
    string Image,
    int[] Size,
    string Model,
    IReadOnlyDictionary<string, object> Settings,
    IReadOnlyDictionary<string, double> Timings,
    IReadOnlyList<MaskRecord> Masks);
