namespace FrozenSeg.Serving.Interaction.Documents;

/// <summary>What prompts showed.</summary>
/// <param name="Id">Its id, to refine one of its masks.</param>
/// <param name="Image">Id of the picture.</param>
/// <param name="Width">Columns of the picture.</param>
/// <param name="Height">Rows of the picture.</param>
/// <param name="Model">The network.</param>
/// <param name="Seconds">Time it took, the encoder's included if it had to run.</param>
/// <param name="Masks">The masks, prompt by prompt, the surest first.</param>
internal sealed record PredictionDocument(
    string Id, string Image, int Width, int Height, string Model, double Seconds, IReadOnlyList<PredictionMask> Masks);
