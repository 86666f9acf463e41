namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;

/// <summary>One class activation map.</summary>
/// <param name="Map">P floats, 0..1; all 0 when nothing answers.</param>
/// <param name="Raw">Before negative values are cut and the rest is stretched; with background.</param>
/// <param name="Probability">s: softmax among queries and background.</param>
/// <param name="IsWithoutBackground">Whether the map is from the second try, without background.</param>
internal sealed record CamResult(float[] Map, float[] Raw, float Probability, bool IsWithoutBackground);
