using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;

/// <summary>
/// Masks that speak beside the queries' own, SAM's in the OpenSeg ensemble, as probabilities at the size where masks
/// are combined.
/// </summary>
internal sealed unsafe class ExtraMasks : IDisposable
{
    private readonly TensorBuffer<float> _probabilities;
    private readonly int _queries;

    /// <param name="logits">M planes of height×width, each row-major.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="queries">Queries they stand beside.</param>
    public ExtraMasks(IReadOnlyList<float[]> logits, int height, int width, int queries)
    {
        _queries = queries;
        Count = logits.Count;
        Width = width;
        _probabilities = new TensorBuffer<float>(height * width, Math.Max(1, Count));
        for (int mask = 0; mask < Count; mask++)
        {
            Span<float> target = _probabilities.Span;
            for (int i = 0; i < logits[mask].Length; i++)
                target[(i * Count) + mask] = 1 / (1 + MathF.Exp(-logits[mask][i]));
        }
    }

    /// <summary>Number of masks.</summary>
    public int Count { get; }

    /// <summary>Floats of a pixel with queries and masks side by side.</summary>
    public int Joined => _queries + Count;

    private int Width { get; }

    /// <summary>Writes queries and masks of a block side by side.</summary>
    /// <param name="block">The block.</param>
    /// <param name="target">count×<see cref="Joined"/>.</param>
    public void Join(in PixelBlock block, float* target)
    {
        ReadOnlySpan<float> masks = _probabilities.Span.Slice(
            ((block.Y * Width) + block.X) * Count, block.Count * Count);
        for (int pixel = 0; pixel < block.Count; pixel++)
        {
            var joined = new Span<float>(target + ((long)pixel * Joined), Joined);
            new ReadOnlySpan<float>(block.ProbabilitiesOf(pixel), _queries).CopyTo(joined);
            masks.Slice(pixel * Count, Count).CopyTo(joined[_queries..]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _probabilities.Dispose();
}
