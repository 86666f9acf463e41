using System.Runtime.Intrinsics;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Instances;

/// <summary>
/// The instance answer (frozenseg.md 7): the most probable pairs of query and class, things only, each scored by its
/// class and by how sure its mask is. A query may answer several times.
/// </summary>
/// <param name="classes">Class probabilities of the queries.</param>
/// <param name="things">Whether each class is a thing.</param>
/// <param name="count">Pairs looked at before the things are picked.</param>
internal sealed unsafe class InstanceInference(QueryClasses classes, bool[] things, int count) : IPixelConsumer
{
    // Keeps a mask without pixels from dividing by 0.
    private const double Epsilon = 1e-6;

    private readonly Lock _lock = new();
    private readonly double[] _sums = new double[classes.Count];
    private readonly int[] _areas = new int[classes.Count];

    /// <inheritdoc/>
    public IPixelReader CreateReader() => new Reader(this);

    /// <summary>
    /// The most probable pairs, the largest first, of equals the first query and class; before things are picked.
    /// </summary>
    public IReadOnlyList<(int Query, int Label, float Score)> TopPairs()
    {
        var pairs = new List<(int Query, int Label, float Score)>(classes.Count * classes.Classes);
        for (int query = 0; query < classes.Count; query++)
        {
            ReadOnlySpan<float> probabilities = classes.Of(query);
            for (int label = 0; label < probabilities.Length; label++)
                pairs.Add((query, label, probabilities[label]));
        }

        // A stable sort: pairs of equal probability keep their order.
        return [.. pairs.OrderByDescending(pair => pair.Score).Take(count)];
    }

    /// <summary>The instances, once every pixel was read, in the order of <see cref="TopPairs"/>.</summary>
    public IReadOnlyList<InstancePrediction> Finish() =>
    [
        .. TopPairs().Where(pair => things[pair.Label]).Select(pair => new InstancePrediction(
            pair.Query,
            pair.Label,
            (float)(pair.Score * (_sums[pair.Query] / (_areas[pair.Query] + Epsilon))),
            _areas[pair.Query])),
    ];

    private sealed class Reader(InstanceInference answer) : IPixelReader
    {
        // Sums of a few thousand pixels in float, then in double.
        private const int MostPixels = 4096;

        private readonly float[] _sums = new float[Round(answer._sums.Length)];
        private readonly int[] _areas = new int[Round(answer._sums.Length)];
        private readonly double[] _totals = new double[answer._sums.Length];
        private int _pixels;

        public void Read(in PixelBlock block)
        {
            fixed (float* sums = _sums)
            fixed (int* areas = _areas)
            {
                for (int pixel = 0; pixel < block.Count; pixel++)
                    Add(block.LogitsOf(pixel), block.ProbabilitiesOf(pixel), sums, areas);
            }

            _pixels += block.Count;
            if (_pixels >= MostPixels)
                Empty();
        }

        public void Dispose()
        {
            Empty();
            lock (answer._lock)
            {
                for (int i = 0; i < answer._sums.Length; i++)
                {
                    answer._sums[i] += _totals[i];
                    answer._areas[i] += _areas[i];
                }
            }
        }

        private void Add(float* logits, float* probabilities, float* sums, int* areas)
        {
            for (int i = 0; i < _sums.Length; i += QueryPlanes.Lanes)
            {
                Vector512<float> isInside = Vector512.GreaterThan(Vector512.Load(logits + i), Vector512<float>.Zero);
                (Vector512.Load(sums + i) + (Vector512.Load(probabilities + i) & isInside)).Store(sums + i);
                (Vector512.Load(areas + i) - isInside.AsInt32()).Store(areas + i);
            }
        }

        private void Empty()
        {
            for (int i = 0; i < _totals.Length; i++)
                _totals[i] += _sums[i];
            Array.Clear(_sums);
            _pixels = 0;
        }

        private static int Round(int queries) =>
            (queries + QueryPlanes.Lanes - 1) / QueryPlanes.Lanes * QueryPlanes.Lanes;
    }
}
