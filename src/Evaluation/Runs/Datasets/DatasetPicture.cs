namespace FrozenSeg.Evaluation.Runs.Datasets;

/// <summary>One picture of a dataset.</summary>
/// <param name="Name">File name without folder and ending; unique.</param>
/// <param name="Path">The file.</param>
internal sealed record DatasetPicture(string Name, string Path);
