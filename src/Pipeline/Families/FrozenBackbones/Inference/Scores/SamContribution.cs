namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;

/// <summary>What SAM's masks bring to the semantic answer.</summary>
/// <param name="Logits">M planes of the picture's size.</param>
/// <param name="Weights">M×C: how much each speaks for each class.</param>
/// <param name="Ensemble">The ensemble.</param>
internal sealed record SamContribution(IReadOnlyList<float[]> Logits, float[] Weights, OpenSegEnsemble Ensemble);
