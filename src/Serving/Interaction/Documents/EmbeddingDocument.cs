namespace FrozenSeg.Serving.Interaction.Documents;

/// <summary>A picture that is ready to be asked about.</summary>
/// <param name="Image">Its id: SHA-256 of the file, lower-case hex.</param>
/// <param name="Width">Columns, upright.</param>
/// <param name="Height">Rows, upright.</param>
/// <param name="Model">The network.</param>
/// <param name="Seconds">Time it took.</param>
internal sealed record EmbeddingDocument(string Image, int Width, int Height, string Model, double Seconds);
