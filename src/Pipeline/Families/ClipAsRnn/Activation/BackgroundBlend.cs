using System.Numerics.Tensors;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;

/// <summary>
/// All background queries as one. Their softmax weights among each other depend on the picture alone, and responses are
/// linear in the text, so that one gradient for the weighted sum of the background texts serves every query and stage.
/// </summary>
/// <param name="Vector">Σ πₖ tₖ, not of length 1; null without background.</param>
/// <param name="LogSum">ln Σ exp(τ cos), τ times cosine being a logit; −∞ without background.</param>
internal sealed record BackgroundBlend(float[]? Vector, float LogSum)
{
    /// <summary>No background.</summary>
    public static BackgroundBlend None { get; } = new(null, float.NegativeInfinity);

    /// <summary>Blends background texts for a picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="texts">Unit vectors.</param>
    /// <param name="scale">τ.</param>
    public static BackgroundBlend Of(ImageActivations image, IReadOnlyList<float[]> texts, float scale)
    {
        if (texts.Count == 0)
            return None;
        float[] logits = [.. texts.Select(text => scale * image.Cosine(text))];
        float largest = logits.Max();
        float[] weights = Array.ConvertAll(logits, logit => MathF.Exp(logit - largest));
        float sum = weights.Sum();
        var vector = new float[texts[0].Length];
        for (int i = 0; i < weights.Length; i++)
            TensorPrimitives.MultiplyAdd(texts[i], weights[i] / sum, vector, vector);
        return new BackgroundBlend(vector, largest + MathF.Log(sum));
    }
}
