using System.Numerics.Tensors;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Instances;

/// <summary>A query's whole mask at the picture's size, as runs: column by column, without holding it.</summary>
/// <param name="frame">Sizes.</param>
internal sealed class InstanceMasks(InferenceFrame frame)
{
    private readonly BandedTaps _rows = new(frame.MaskHeight, frame.PaddedHeight, frame.NetworkHeight, frame.Height);
    private readonly BandedTaps _columns = new(frame.MaskWidth, frame.PaddedWidth, frame.NetworkWidth, frame.Width);

    /// <summary>The pixels whose logit is above 0.</summary>
    /// <param name="logits">One query's mask logits, row-major.</param>
    public RunLengthEncoding Rasterise(ReadOnlySpan<float> logits)
    {
        var runs = new RunCollector(frame.Height, frame.Width);
        float[] tall = Stretch(logits);
        var column = new float[frame.Height];
        for (int x = 0; x < frame.Width; x++)
        {
            int start = _columns.Starts[x];
            ReadOnlySpan<float> weights = _columns.Weights(x);
            TensorPrimitives.Multiply(Column(tall, start), weights[0], column);
            TensorPrimitives.MultiplyAdd(Column(tall, start + 1), weights[1], column, column);
            TensorPrimitives.MultiplyAdd(Column(tall, start + 2), weights[2], column, column);
            runs.AddColumn(column, x * frame.Height);
        }

        return runs.ToRunLengthEncoding();
    }

    // A map narrower than the band repeats its last column, with weight 0.
    private ReadOnlySpan<float> Column(float[] tall, int column) =>
        tall.AsSpan(Math.Min(column, frame.MaskWidth - 1) * frame.Height, frame.Height);

    // Every low-resolution column at full height, one after the other.
    private float[] Stretch(ReadOnlySpan<float> logits)
    {
        var tall = new float[frame.MaskWidth * frame.Height];
        for (int y = 0; y < frame.Height; y++)
        {
            int start = _rows.Starts[y];
            ReadOnlySpan<float> weights = _rows.Weights(y);
            for (int x = 0; x < frame.MaskWidth; x++)
            {
                float sum = 0;
                for (int k = 0; k < BandedTaps.Width && start + k < frame.MaskHeight; k++)
                    sum += weights[k] * logits[((start + k) * frame.MaskWidth) + x];
                tall[(x * frame.Height) + y] = sum;
            }
        }

        return tall;
    }
}
