using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>What the queries found for one prompt, before any mask is made. Dispose after use.</summary>
/// <param name="Cells">The fused map, <c>[G², d]</c>.</param>
/// <param name="Prompt">The prompt's rows, <c>[m, d]</c>.</param>
/// <param name="Queries"><c>[Q, d]</c>.</param>
/// <param name="Boxes">Centre x, centre y, width and height in 0..1, <c>[Q, 4]</c>; may lie beyond the picture.</param>
/// <param name="ClassLogits">How well each query fits, within ±12, <c>[Q]</c>.</param>
/// <param name="PresenceLogit">Whether the concept is in the picture at all.</param>
internal sealed record Sam3Detection(
    TensorBuffer<float> Cells,
    TensorBuffer<float> Prompt,
    TensorBuffer<float> Queries,
    TensorBuffer<float> Boxes,
    float[] ClassLogits,
    float PresenceLogit) : IDisposable
{
    /// <summary>How sure the model is that the concept is in the picture, 0..1.</summary>
    public float Presence => Sigmoid(PresenceLogit);

    /// <summary>How well a query fits the prompt, whether or not the concept is present, 0..1.</summary>
    public float ClassScore(int query) => Sigmoid(ClassLogits[query]);

    /// <summary>The score of a query: class score times presence, 0..1.</summary>
    public float Score(int query) => ClassScore(query) * Presence;

    /// <inheritdoc/>
    public void Dispose()
    {
        Cells.Dispose();
        Prompt.Dispose();
        Queries.Dispose();
        Boxes.Dispose();
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
