using System.Runtime.Intrinsics;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;

/// <summary>One thread's view of all masks at full size: a row at a time, in blocks of pixels.</summary>
internal sealed unsafe class MaskRows : IDisposable
{
    /// <summary>
    /// Most pixels of a block. With 256 queries its logits and probabilities take 64 KB, and stay in the second cache.
    /// </summary>
    public const int BlockPixels = 32;

    private readonly QueryPlanes _planes;
    private readonly BandedTaps _rows;
    private readonly BandedTaps _columns;
    private readonly TensorBuffer<float> _row;
    private readonly TensorBuffer<float> _logits;
    private readonly TensorBuffer<float> _probabilities;

    /// <param name="planes">Mask logits.</param>
    /// <param name="frame">Sizes.</param>
    public MaskRows(QueryPlanes planes, InferenceFrame frame)
    {
        _planes = planes;
        _rows = new BandedTaps(frame.MaskHeight, frame.PaddedHeight, frame.NetworkHeight, frame.Height);
        _columns = new BandedTaps(frame.MaskWidth, frame.PaddedWidth, frame.NetworkWidth, frame.Width);
        _row = new TensorBuffer<float>(planes.Width, planes.Stride);
        _logits = new TensorBuffer<float>(BlockPixels, planes.Stride);
        _probabilities = new TensorBuffer<float>(BlockPixels, planes.Stride);
    }

    /// <summary>Shows one row.</summary>
    /// <param name="y">Its number.</param>
    /// <param name="readers">Who reads.</param>
    public void Read(int y, params ReadOnlySpan<IPixelReader> readers)
    {
        BlendRows(y);
        for (int x = 0; x < _columns.Count; x += BlockPixels)
        {
            int count = Math.Min(BlockPixels, _columns.Count - x);
            for (int pixel = 0; pixel < count; pixel++)
                BlendColumns(x + pixel, pixel);
            var block = new PixelBlock(y, x, count, _planes.Stride, _logits.Address, _probabilities.Address);
            foreach (IPixelReader reader in readers)
                reader.Read(block);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _row.Dispose();
        _logits.Dispose();
        _probabilities.Dispose();
    }

    // Three source rows suffice for both resizes (BandedTaps). Where a map has fewer, the last stands in with weight 0.
    private void BlendRows(int y)
    {
        int start = _rows.Starts[y], last = _planes.Height - 1;
        fixed (float* a = _planes.Row(start), b = _planes.Row(Math.Min(start + 1, last)), c = _planes.Row(Math.Min(
            start + 2, last)))
            Blend(a, b, c, _rows.Weights(y), (float*)_row.Address, _planes.Width * _planes.Stride);
    }

    // The same along the row; the queries of a pixel lie side by side, so one register holds sixteen of them.
    private void BlendColumns(int x, int pixel)
    {
        int start = _columns.Starts[x], last = _planes.Width - 1, stride = _planes.Stride;
        float* row = (float*)_row.Address, logits = (float*)_logits.Address + ((long)pixel * stride);
        Blend(
            row + ((long)start * stride),
            row + ((long)Math.Min(start + 1, last) * stride),
            row + ((long)Math.Min(start + 2, last) * stride),
            _columns.Weights(x),
            logits,
            stride);
        float* probabilities = (float*)_probabilities.Address + ((long)pixel * stride);
        for (int i = 0; i < stride; i += QueryPlanes.Lanes)
            Exponential.Sigmoid(Lane16.Load(logits + i)).Store(probabilities + i);
    }

    private static void Blend(float* a, float* b, float* c, ReadOnlySpan<float> weights, float* target, int length)
    {
        Vector512<float> wa = Vector512.Create(weights[0]), wb = Vector512.Create(weights[1]),
            wc = Vector512.Create(weights[2]);
        for (int i = 0; i < length; i += QueryPlanes.Lanes)
        {
            Vector512<float> sum = wa * Vector512.Load(a + i);
            sum = Vector512.FusedMultiplyAdd(wb, Vector512.Load(b + i), sum);
            Vector512.FusedMultiplyAdd(wc, Vector512.Load(c + i), sum).Store(target + i);
        }
    }
}
