namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Semantic;

/// <summary>Counts the pixels that classes win, and adds up their scores.</summary>
/// <param name="classes">Number of classes.</param>
internal sealed class SemanticTally(int classes)
{
    private readonly double[] _scores = new double[classes];
    private readonly int[] _areas = new int[classes];
    private readonly Lock _lock = new();

    /// <summary>Number of classes.</summary>
    public int Classes => classes;

    /// <summary>Pixels of a class.</summary>
    public int Area(int label) => _areas[label];

    /// <summary>Mean winning score of a class, 0..1.</summary>
    public double Score(int label) => _areas[label] == 0 ? 0 : _scores[label] / _areas[label];

    /// <summary>One more pixel. Not for several threads.</summary>
    /// <param name="label">The class that won it.</param>
    /// <param name="score">Its score; a sum over queries may exceed 1, and counts as 1.</param>
    public void Add(int label, float score)
    {
        _areas[label]++;
        _scores[label] += MathF.Min(score, 1);
    }

    /// <summary>Adds what another counted. Safe for many threads.</summary>
    public void Merge(SemanticTally other)
    {
        lock (_lock)
        {
            for (int label = 0; label < classes; label++)
            {
                _areas[label] += other._areas[label];
                _scores[label] += other._scores[label];
            }
        }
    }
}
