using System.Numerics.Tensors;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Semantic;

/// <summary>
/// The semantic answer in "after" mode (frozenseg.md 7): scores are formed at the network's size, cropped, and resized
/// to the picture's before the largest is taken. Works in strips of rows: a map of all classes is never held.
/// </summary>
/// <param name="planes">Mask logits.</param>
/// <param name="frame">Sizes.</param>
/// <param name="threads">Most threads to use.</param>
internal sealed unsafe class ScoreMap(QueryPlanes planes, InferenceFrame frame, int threads)
{
    private readonly BilinearTaps _rows = new(frame.NetworkHeight, frame.Height);
    private readonly BilinearTaps _columns = new(frame.NetworkWidth, frame.Width);

    /// <summary>The class of each pixel of the picture.</summary>
    /// <param name="weights">(Q + M)×C: how much each query, then each extra mask, speaks for each class.</param>
    /// <param name="classes">C.</param>
    /// <param name="extra">Masks besides the queries' own, at the network's size; null for none.</param>
    /// <param name="observer">Told all scores of each row of the picture if given: the row, and C planes of one
    /// row.</param>
    /// <param name="cancellation">Stops the work.</param>
    public SemanticMap Run(
        ReadOnlySpan<float> weights,
        int classes,
        ExtraMasks? extra,
        Action<int, float[]>? observer,
        CancellationToken cancellation)
    {
        using var scores = new ClassScores(weights, classes);
        var map = new SemanticMap(frame.Height, frame.Width, classes);
        int strips = Math.Max(1, Math.Min(frame.Height, threads * 4));
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, strips, options, strip =>
        {
            int first = (int)((long)frame.Height * strip / strips),
                end = (int)((long)frame.Height * (strip + 1) / strips);
            using var rows = new ScoreRows(planes, frame, scores, extra);
            var blended = new float[frame.NetworkWidth * scores.Stride];
            var tally = new SemanticTally(classes);
            for (int y = first; y < end; y++)
            {
                cancellation.ThrowIfCancellationRequested();
                rows.Blend(_rows.Lower[y], _rows.Upper[y], _rows.Weight[y], blended);
                ReadRow(y, blended, scores.Stride, map, tally, observer);
            }

            map.Tally.Merge(tally);
        });
        return map;
    }

    private void ReadRow(
        int y, float[] blended, int stride, SemanticMap map, SemanticTally tally, Action<int, float[]>? observer)
    {
        var pixel = new float[stride];
        int classes = map.Tally.Classes;
        float[]? all = observer is null ? null : new float[classes * frame.Width];
        Span<int> labels = map.Labels.Labels.Slice(y * frame.Width, frame.Width);
        fixed (float* scores = pixel)
        {
            for (int x = 0; x < frame.Width; x++)
            {
                TensorPrimitives.Lerp(
                    blended.AsSpan(_columns.Lower[x] * stride, stride),
                    blended.AsSpan(_columns.Upper[x] * stride, stride),
                    _columns.Weight[x],
                    pixel);
                (int label, float score) = SemanticInference.Largest(scores, classes);
                labels[x] = label;
                tally.Add(label, score);
                for (int category = 0; all is not null && category < classes; category++)
                    all[(category * frame.Width) + x] = pixel[category];
            }
        }

        observer?.Invoke(y, all!);
    }
}
