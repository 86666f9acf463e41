namespace FrozenSeg.Cli.Pictures;

/// <summary>A picture of a command line.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">What its results are called: a relative path, with forward slashes.</param>
internal sealed record PictureJob(string Path, string Name);
