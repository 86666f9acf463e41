using System.Numerics.Tensors;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Vocabularies;

/// <summary>
/// A vocabulary as a classifier (frozenseg.md 3): a unit vector for each synonym, and a last one for void. A class is
/// as likely as the best of its synonyms. Immutable.
/// </summary>
internal sealed class VocabularyClassifier
{
    private const float LargestScale = 100, Epsilon = 1e-12f;

    private readonly float[] _rows;
    private readonly int[] _firstSynonyms;

    /// <param name="rows">(S + 1)×E, unit vectors: all synonyms class by class, and void.</param>
    /// <param name="synonyms">Synonyms of each class, at least one each, S in all.</param>
    public VocabularyClassifier(float[] rows, IReadOnlyList<int> synonyms)
    {
        int total = synonyms.Sum();
        if (rows.Length % (total + 1) != 0)
            throw new ArgumentException($"{rows.Length} numbers are not {total} synonyms and void.", nameof(rows));
        _rows = rows;
        Width = rows.Length / (total + 1);
        _firstSynonyms = new int[synonyms.Count + 1];
        for (int i = 0; i < synonyms.Count; i++)
            _firstSynonyms[i + 1] = _firstSynonyms[i] + synonyms[i];
    }

    /// <summary>Number of classes (C), void not counted.</summary>
    public int Classes => _firstSynonyms.Length - 1;

    /// <summary>Length of a vector (E).</summary>
    public int Width { get; }

    /// <summary>All vectors, (S + 1)×E.</summary>
    public ReadOnlySpan<float> Rows => _rows;

    /// <summary>Class logits of vectors in the joint space.</summary>
    /// <param name="vectors">N×E, of any length; NaN stays NaN.</param>
    /// <param name="logScale">The model's <c>logit_scale</c>: the natural logarithm of the factor, which is at most
    /// 100.</param>
    /// <returns>N×(C + 1), void last.</returns>
    public float[] Logits(ReadOnlySpan<float> vectors, float logScale)
    {
        int count = vectors.Length / Width, columns = Classes + 1;
        var logits = new float[count * columns];
        float scale = MathF.Min(MathF.Exp(logScale), LargestScale);
        float[] unit = Normalise(vectors, Width);
        Parallel.For(0, count, i =>
        {
            ReadOnlySpan<float> vector = unit.AsSpan(i * Width, Width);
            for (int category = 0; category < columns; category++)
                logits[(i * columns) + category] = scale * Best(vector, category);
        });
        return logits;
    }

    /// <summary>Each vector divided by its length, or by 1e-12 if that is larger.</summary>
    /// <param name="vectors">N×<paramref name="width"/>.</param>
    /// <param name="width">Length of a vector.</param>
    public static float[] Normalise(ReadOnlySpan<float> vectors, int width)
    {
        var unit = new float[vectors.Length];
        for (int start = 0; start < vectors.Length; start += width)
        {
            ReadOnlySpan<float> vector = vectors.Slice(start, width);
            TensorPrimitives.Divide(
                vector, MathF.Max(TensorPrimitives.Norm(vector), Epsilon), unit.AsSpan(start, width));
        }

        return unit;
    }

    // Void is the one row after all synonyms.
    private float Best(ReadOnlySpan<float> vector, int category)
    {
        int first = _firstSynonyms[category], end = category == Classes ? first + 1 : _firstSynonyms[category + 1];
        float best = float.NegativeInfinity;
        for (int row = first; row < end; row++)
            best = MathF.Max(best, TensorPrimitives.Dot(vector, _rows.AsSpan(row * Width, Width)));
        return best;
    }
}
