namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Video;

/// <summary>An expression that describes one object of a video.</summary>
/// <param name="Id">Number of the object: the value of its pixels, 1..255.</param>
/// <param name="Text">The words.</param>
internal sealed record VideoExpression(int Id, string Text);
