namespace FrozenSeg.Pipeline.Families.Clip;

/// <summary>
/// A CLIP model: a text tower and, unless its picture encoder is of another make, a vision transformer.
/// </summary>
/// <param name="Name">For instance <c>ViT-B/16</c>.</param>
/// <param name="Text">Sizes of the text tower.</param>
/// <param name="Vision">Sizes of the vision transformer; null when the file holds none.</param>
internal sealed record ClipConfiguration(string Name, ClipTextConfiguration Text, ClipVisionConfiguration? Vision);
