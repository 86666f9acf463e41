namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;

/// <summary>g of the paper for one picture: says of each query whether its mask shows it.</summary>
internal interface IQueryClassifier
{
    /// <summary>Scores queries against each other.</summary>
    /// <param name="proposals">Their masks.</param>
    /// <param name="queries">Their texts.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>S, N×N: row i is about the picture prompted for query i, column j about query j.</returns>
    float[][] Classify(SoftMasks proposals, IReadOnlyList<string> queries, CancellationToken cancellation);
}
