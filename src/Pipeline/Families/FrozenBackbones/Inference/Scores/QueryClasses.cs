namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;

/// <summary>Class probabilities of queries or masks: softmax over C classes and void. Immutable.</summary>
internal sealed class QueryClasses
{
    private readonly float[] _probabilities;

    private QueryClasses(float[] probabilities, int classes)
    {
        _probabilities = probabilities;
        Classes = classes;
    }

    /// <summary>Number of queries.</summary>
    public int Count => _probabilities.Length / (Classes + 1);

    /// <summary>Number of classes, void not counted.</summary>
    public int Classes { get; }

    /// <summary>Softmax of each row.</summary>
    /// <param name="logits">Q×(C + 1), void last.</param>
    /// <param name="classes">C.</param>
    public static QueryClasses FromLogits(float[] logits, int classes)
    {
        var probabilities = new float[logits.Length];
        for (int start = 0; start < logits.Length; start += classes + 1)
        {
            ReadOnlySpan<float> row = logits.AsSpan(start, classes + 1);
            double largest = double.NegativeInfinity, total = 0;
            foreach (float logit in row)
                largest = Math.Max(largest, logit);
            foreach (float logit in row)
                total += Math.Exp(logit - largest);
            for (int i = 0; i < row.Length; i++)
                probabilities[start + i] = (float)(Math.Exp(row[i] - largest) / total);
        }

        return new QueryClasses(probabilities, classes);
    }

    /// <summary>A query's probabilities of the classes, without void.</summary>
    public ReadOnlySpan<float> Of(int query) => _probabilities.AsSpan(query * (Classes + 1), Classes);

    /// <summary>The most probable class of a query, the first of equals; <see cref="Classes"/> is void.</summary>
    public (int Label, float Score) Best(int query)
    {
        ReadOnlySpan<float> row = _probabilities.AsSpan(query * (Classes + 1), Classes + 1);
        int best = 0;
        for (int i = 1; i < row.Length; i++)
        {
            if (row[i] > row[best])
                best = i;
        }

        return (best, row[best]);
    }
}
