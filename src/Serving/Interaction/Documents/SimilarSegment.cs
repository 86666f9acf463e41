namespace FrozenSeg.Serving.Interaction.Documents;

/// <summary>A segment that looks like an example.</summary>
/// <param name="Segment">Its id.</param>
/// <param name="Label">Its label; empty without one.</param>
/// <param name="Likeness">Cosine of what the encoder sees under both, −1..1.</param>
/// <param name="Area">Pixels.</param>
/// <param name="Bbox">x, y, width, height.</param>
internal sealed record SimilarSegment(int Segment, string Label, double Likeness, int Area, IReadOnlyList<int> Bbox);
