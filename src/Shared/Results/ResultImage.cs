namespace FrozenSeg.Shared.Results;

/// <summary>The picture a result is about.</summary>
/// <param name="Name">File name.</param>
/// <param name="Width">Columns, upright.</param>
/// <param name="Height">Rows, upright.</param>
/// <param name="Sha256">Hash of the file, lower-case hex.</param>
/// <param name="Orientation">EXIF orientation that was applied, 1..8; 1 is none.</param>
public sealed record ResultImage(string Name, int Width, int Height, string Sha256, int Orientation);
