namespace FrozenSeg.Serving.Interaction.Documents;

/// <summary>A mask of an earlier answer.</summary>
/// <param name="Prediction">Id of the answer.</param>
/// <param name="Mask">Which of its masks, from 0.</param>
internal sealed record RefinedMask(string Prediction, int Mask = 0);
