namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>A box around an example of what is wanted, or of what is not.</summary>
/// <param name="CentreX">Centre, in 0..1 of the picture's width.</param>
/// <param name="CentreY">Centre, in 0..1 of the picture's height.</param>
/// <param name="Width">Width, in 0..1 of the picture's width.</param>
/// <param name="Height">Height, in 0..1 of the picture's height.</param>
/// <param name="IsWanted">Whether it shows what to find, or what not to take for it.</param>
internal readonly record struct Sam3Exemplar(float CentreX, float CentreY, float Width, float Height, bool IsWanted);
