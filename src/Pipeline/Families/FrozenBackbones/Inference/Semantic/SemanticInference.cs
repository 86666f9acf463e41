using System.Runtime.Intrinsics;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Semantic;

/// <summary>
/// The semantic answer where it is formed (frozenseg.md 7): the class with the largest score at each pixel, the first
/// of equals.
/// </summary>
internal sealed unsafe class SemanticInference : IPixelConsumer, IDisposable
{
    private readonly ClassScores _scores;
    private readonly ExtraMasks? _extra;

    /// <param name="weights">(Q + M)×C: how much each query, then each extra mask, speaks for each class.</param>
    /// <param name="classes">C.</param>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="extra">Masks besides the queries' own; null for none.</param>
    public SemanticInference(ReadOnlySpan<float> weights, int classes, int height, int width, ExtraMasks? extra = null)
    {
        _scores = new ClassScores(weights, classes);
        _extra = extra;
        Map = new SemanticMap(height, width, classes);
    }

    /// <summary>The answer.</summary>
    public SemanticMap Map { get; }

    /// <summary>
    /// Called with every row of scores if set, for looking at them: row, first pixel, count, scores, stride.
    /// </summary>
    internal Action<int, int, int, nint, int>? Observer { get; init; }

    /// <inheritdoc/>
    public IPixelReader CreateReader() => new Reader(this);

    /// <inheritdoc/>
    public void Dispose() => _scores.Dispose();

    /// <summary>The class with the largest score, the first of equals.</summary>
    /// <param name="scores">Scores of a pixel, padded to whole registers.</param>
    /// <param name="classes">C.</param>
    /// <returns>Class and score.</returns>
    public static (int Label, float Score) Largest(float* scores, int classes)
    {
        Vector512<float> best = Vector512.Create(float.NegativeInfinity);
        int whole = classes / QueryPlanes.Lanes * QueryPlanes.Lanes;
        for (int i = 0; i < whole; i += QueryPlanes.Lanes)
            best = Vector512.Max(best, Vector512.Load(scores + i));
        float largest = float.NegativeInfinity;
        for (int lane = 0; lane < QueryPlanes.Lanes && whole > 0; lane++)
            largest = MathF.Max(largest, best[lane]);
        for (int i = whole; i < classes; i++)
            largest = MathF.Max(largest, scores[i]);
        int label = new ReadOnlySpan<float>(scores, classes).IndexOf(largest);
        return (Math.Max(0, label), largest);
    }

    private sealed class Reader(SemanticInference answer) : IPixelReader
    {
        private const int MostPixels = 32;

        private readonly TensorBuffer<float> _scores = new(MostPixels, answer._scores.Stride);
        private readonly TensorBuffer<float>? _joined =
            answer._extra is null ? null : new TensorBuffer<float>(MostPixels, answer._extra.Joined);
        private readonly SemanticTally _tally = new(answer._scores.Classes);

        public void Read(in PixelBlock block)
        {
            float* probabilities = block.ProbabilitiesOf(0), scores = (float*)_scores.Address;
            int stride = block.Stride;
            if (_joined is not null)
            {
                answer._extra!.Join(block, (float*)_joined.Address);
                probabilities = (float*)_joined.Address;
                stride = answer._extra.Joined;
            }

            // Whoever looks at the scores wants all of them.
            if (answer.Observer is null)
                answer._scores.ComputeContenders(probabilities, stride, block.Count, scores);
            else
                answer._scores.Compute(probabilities, stride, block.Count, scores);
            answer.Observer?.Invoke(block.Y, block.X, block.Count, (nint)scores, answer._scores.Stride);
            LabelMap map = answer.Map.Labels;
            Span<int> labels = map.Labels.Slice((block.Y * map.Width) + block.X, block.Count);
            for (int pixel = 0; pixel < block.Count; pixel++)
            {
                (int label, float score) = Largest(
                    scores + ((long)pixel * answer._scores.Stride), answer._scores.Classes);
                labels[pixel] = label;
                _tally.Add(label, score);
            }
        }

        public void Dispose()
        {
            answer.Map.Tally.Merge(_tally);
            _scores.Dispose();
            _joined?.Dispose();
        }
    }
}
