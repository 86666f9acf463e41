namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;

/// <summary>How a picture's patches answer for the cosine of its feature with one text, or a blend of texts.</summary>
/// <param name="Map">B of car.md 4.5: P floats, row-major h×w.</param>
/// <param name="Weights">β: D floats, the mean gradient of the channels.</param>
internal sealed record TextResponse(float[] Map, float[] Weights);
