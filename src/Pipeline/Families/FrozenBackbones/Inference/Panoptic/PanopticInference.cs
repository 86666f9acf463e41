using System.Runtime.Intrinsics;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Panoptic;

/// <summary>
/// The panoptic answer (frozenseg.md 7). Each pixel goes to the kept query with the largest score·mask, the first of
/// equals; then queries become segments in order, unless too little of their mask is left.
/// </summary>
internal sealed unsafe class PanopticInference : IPixelConsumer
{
    private const int Nobody = -1;

    private readonly (int Label, float Score)[] _classes;
    private readonly float[] _scores;
    private readonly LabelMap _winners;
    private readonly int[] _won;
    private readonly int[] _original;
    private readonly int[] _final;
    private readonly bool[] _things;
    private readonly double _overlapThreshold;
    private readonly Lock _lock = new();

    /// <param name="classes">Class probabilities of the queries.</param>
    /// <param name="things">Whether each class is a thing.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="maskThreshold">A query is kept when its score is above it.</param>
    /// <param name="overlapThreshold">Share of a mask that must be left.</param>
    public PanopticInference(
        QueryClasses classes, bool[] things, int height, int width, double maskThreshold, double overlapThreshold)
    {
        _things = things;
        _overlapThreshold = overlapThreshold;
        _classes = [.. Enumerable.Range(0, classes.Count).Select(classes.Best)];
        _winners = new LabelMap(height, width);
        int stride = (classes.Count + QueryPlanes.Lanes - 1) / QueryPlanes.Lanes * QueryPlanes.Lanes;
        _scores = new float[stride];
        // Whoever is not kept is below every product of a score and a probability.
        Array.Fill(_scores, -1);
        for (int query = 0; query < classes.Count; query++)
        {
            if (_classes[query].Label != classes.Classes && _classes[query].Score > maskThreshold)
                _scores[query] = _classes[query].Score;
        }

        _won = new int[stride];
        _original = new int[stride];
        _final = new int[stride];
    }

    private bool HasAny => _scores.Any(score => score >= 0);

    /// <inheritdoc/>
    public IPixelReader CreateReader() => new Reader(this);

    /// <summary>The map and its segments, once every pixel was read.</summary>
    public (LabelMap Map, IReadOnlyList<PanopticSegment> Segments) Finish()
    {
        var segments = new List<PanopticSegment>();
        var stuff = new Dictionary<int, int>();
        var ids = new int[_classes.Length];
        for (int query = 0; query < _classes.Length && HasAny; query++)
        {
            if (_scores[query] < 0 || _won[query] == 0 || _original[query] == 0 || _final[query] == 0)
                continue;
            if ((double)_won[query] / _original[query] < _overlapThreshold)
                continue;
            (int label, float score) = _classes[query];
            bool isThing = _things[label];
            if (!isThing && stuff.TryGetValue(label, out int at))
            {
                ids[query] = segments[at].Id;
                segments[at] = segments[at] with { Score = MathF.Max(segments[at].Score, score) };
                continue;
            }

            if (!isThing)
                stuff[label] = segments.Count;
            ids[query] = segments.Count + 1;
            segments.Add(new PanopticSegment(ids[query], label, isThing, score));
        }

        return (new LabelMap(_winners.Height, _winners.Width, Array.ConvertAll(
            _winners.Labels.ToArray(), winner => winner == Nobody ? 0 : ids[winner])), segments);
    }

    private sealed class Reader(PanopticInference answer) : IPixelReader
    {
        private readonly int[] _won = new int[answer._scores.Length];
        private readonly int[] _original = new int[answer._scores.Length];
        private readonly int[] _final = new int[answer._scores.Length];
        private readonly bool _hasAny = answer.HasAny;

        public void Read(in PixelBlock block)
        {
            Span<int> winners = answer._winners.Labels.Slice((block.Y * answer._winners.Width) + block.X, block.Count);
            if (!_hasAny)
            {
                winners.Fill(Nobody);
                return;
            }

            fixed (float* scores = answer._scores)
            fixed (int* original = _original)
            {
                for (int pixel = 0; pixel < block.Count; pixel++)
                {
                    float* logits = block.LogitsOf(pixel);
                    int winner = Winner(block.ProbabilitiesOf(pixel), logits, scores, original, block.Stride);
                    _won[winner]++;
                    // A probability of at least a half is a logit of at least 0.
                    bool isInside = logits[winner] >= 0;
                    _final[winner] += isInside ? 1 : 0;
                    winners[pixel] = isInside ? winner : Nobody;
                }
            }
        }

        public void Dispose()
        {
            lock (answer._lock)
            {
                for (int i = 0; i < _won.Length; i++)
                {
                    answer._won[i] += _won[i];
                    answer._original[i] += _original[i];
                    answer._final[i] += _final[i];
                }
            }
        }

        // Each lane keeps its first largest product; of the lanes' winners the largest, and of equals the first query.
        private static int Winner(float* probabilities, float* logits, float* scores, int* original, int stride)
        {
            Vector512<float> best = Vector512.Create(-2f);
            Vector512<int> place = Vector512<int>.Zero;
            for (int i = 0; i < stride; i += QueryPlanes.Lanes)
            {
                Vector512<float> product = Vector512.Load(probabilities + i) * Vector512.Load(scores + i);
                Vector512<float> isLarger = Vector512.GreaterThan(product, best);
                best = Vector512.ConditionalSelect(isLarger, product, best);
                place = Vector512.ConditionalSelect(isLarger.AsInt32(), Vector512.Create(i), place);
                // A comparison is −1 where it holds.
                Vector512<int> isInside = Vector512.GreaterThanOrEqual(
                    Vector512.Load(logits + i), Vector512<float>.Zero).AsInt32();
                (Vector512.Load(original + i) - isInside).Store(original + i);
            }

            float largest = float.NegativeInfinity;
            int winner = 0;
            for (int lane = 0; lane < QueryPlanes.Lanes; lane++)
            {
                int query = place[lane] + lane;
                if (best[lane] > largest || (best[lane] == largest && query < winner))
                {
                    largest = best[lane];
                    winner = query;
                }
            }

            return winner;
        }
    }
}
