using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;

/// <summary>
/// Mask logits with the queries of a pixel side by side, H×W×L, L being the number of queries rounded up to whole
/// vector registers. Resizing, sigmoid and sums over queries then run along memory. Padding queries are far below 0.
/// </summary>
internal sealed class QueryPlanes : IDisposable
{
    /// <summary>Floats of a register.</summary>
    public const int Lanes = 16;

    // A sigmoid of it is 0 for all purposes.
    private const float Nothing = -100;

    private readonly TensorBuffer<float> _values;

    /// <param name="masks"><c>[Q, H, W]</c>.</param>
    /// <param name="threads">Most threads to use.</param>
    public QueryPlanes(TensorBuffer<float> masks, int threads)
    {
        Queries = masks.Shape[0];
        Height = masks.Shape[1];
        Width = masks.Shape[2];
        Stride = (Queries + Lanes - 1) / Lanes * Lanes;
        _values = new TensorBuffer<float>(Height, Width, Stride);
        Parallel.For(
            0, Height, new ParallelOptions { MaxDegreeOfParallelism = threads }, row => Transpose(masks.Span, row));
    }

    /// <summary>Number of queries.</summary>
    public int Queries { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Floats from a pixel to the next.</summary>
    public int Stride { get; }

    /// <summary>One row, W×L.</summary>
    public ReadOnlySpan<float> Row(int y) => _values.Span.Slice(y * Width * Stride, Width * Stride);

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();

    private void Transpose(ReadOnlySpan<float> masks, int y)
    {
        Span<float> row = _values.Span.Slice(y * Width * Stride, Width * Stride);
        int area = Height * Width;
        // A few queries at a time: their cache lines are read whole before they are left.
        for (int first = 0; first < Stride; first += Lanes)
        {
            for (int query = first; query < first + Lanes; query++)
            {
                if (query >= Queries)
                {
                    for (int x = 0; x < Width; x++)
                        row[(x * Stride) + query] = Nothing;
                    continue;
                }

                ReadOnlySpan<float> source = masks.Slice((query * area) + (y * Width), Width);
                for (int x = 0; x < source.Length; x++)
                    row[(x * Stride) + query] = source[x];
            }
        }
    }
}
