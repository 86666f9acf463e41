using System.Numerics.Tensors;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;

/// <summary>How well prompted pictures and queries fit (car.md 7).</summary>
internal static class QueryScores
{
    /// <summary>
    /// S: row i is about the picture prompted for query i, column j about query j. For each template a softmax over
    /// queries; with several templates the softmax of their sum.
    /// </summary>
    /// <param name="images">N unit vectors.</param>
    /// <param name="texts">For each template N unit vectors.</param>
    /// <param name="scale">τ.</param>
    /// <returns>N rows of N floats, each summing to 1.</returns>
    public static float[][] Of(IReadOnlyList<float[]> images, IReadOnlyList<float[][]> texts, float scale)
    {
        var scores = new float[images.Count][];
        Parallel.For(0, images.Count, row => scores[row] = Row(images[row], texts, scale));
        return scores;
    }

    /// <summary>One row of S.</summary>
    public static float[] Row(float[] image, IReadOnlyList<float[][]> texts, float scale)
    {
        var sum = new float[texts[0].Length];
        var probabilities = new float[sum.Length];
        foreach (float[][] template in texts)
        {
            for (int j = 0; j < sum.Length; j++)
                probabilities[j] = scale * TensorPrimitives.Dot<float>(image, template[j]);
            Softmax(probabilities);
            TensorPrimitives.Add(sum, probabilities, sum);
        }

        if (texts.Count > 1)
            Softmax(sum);
        return sum;
    }

    private static void Softmax(Span<float> values)
    {
        TensorPrimitives.Subtract(values, TensorPrimitives.Max<float>(values), values);
        TensorPrimitives.SoftMax(values, values);
    }
}
