using System.Numerics.Tensors;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.Sam.Interaction;

/// <summary>
/// What SAM's image encoder sees under a mask: the mean of its cells less the picture's mean, each cell weighted by the
/// pixels of the mask that lie in it, as a vector of length 1. Two masks are alike when their vectors point the same
/// way.
/// </summary>
/// <remarks>
/// Every cell holds a large part that is the same all over the picture; without it cosines spread over the whole of
/// −1..1 instead of crowding near 1.
/// </remarks>
internal sealed class MaskDescriptor
{
    private readonly float[] _cells;
    private readonly int _channels, _side;
    private readonly ResizeTransform _transform;
    private readonly int _imageSize;

    /// <param name="embedding">The encoded picture.</param>
    /// <param name="imageSize">Side of the frame that was encoded.</param>
    public MaskDescriptor(ImageEmbedding embedding, int imageSize)
    {
        _transform = embedding.Transform;
        _imageSize = imageSize;
        (_channels, _side) = (embedding.Features.Shape[1], embedding.Features.Shape[2]);
        _cells = Centred(embedding.Features.Span);
    }

    /// <summary>The vector of a mask; all zeros when it has no pixels.</summary>
    public float[] Describe(RunLengthEncoding mask)
    {
        var vector = new float[_channels];
        foreach ((int cell, int pixels) in Weights(mask))
        {
            for (int channel = 0; channel < _channels; channel++)
                vector[channel] += pixels * _cells[(cell * _channels) + channel];
        }

        float length = TensorPrimitives.Norm<float>(vector);
        if (length > 0)
            TensorPrimitives.Divide(vector, length, vector);
        return vector;
    }

    // Cell by cell, channels together, less the mean of the cells that the picture fills.
    private float[] Centred(ReadOnlySpan<float> features)
    {
        int area = _side * _side;
        int columns = Filled(_transform.NewWidth), rows = Filled(_transform.NewHeight);
        var cells = new float[features.Length];
        for (int channel = 0; channel < _channels; channel++)
        {
            ReadOnlySpan<float> plane = features.Slice(channel * area, area);
            double sum = 0;
            for (int row = 0; row < rows; row++)
                sum += TensorPrimitives.Sum(plane.Slice(row * _side, columns));
            float mean = (float)(sum / (rows * columns));
            for (int cell = 0; cell < area; cell++)
                cells[(cell * _channels) + channel] = plane[cell] - mean;
        }

        return cells;
    }

    // Runs are walked in pieces that stay within one column and one cell.
    private Dictionary<int, int> Weights(RunLengthEncoding mask)
    {
        int[] columns = Cells(mask.Width, _transform.NewWidth), rows = Cells(mask.Height, _transform.NewHeight);
        var weights = new Dictionary<int, int>();
        int position = 0;
        for (int run = 0; run < mask.Counts.Length; position += mask.Counts[run++])
        {
            int end = run % 2 == 0 ? position : position + mask.Counts[run];
            for (int at = position; at < end;)
            {
                int x = at / mask.Height, y = at % mask.Height, next = y + 1,
                    last = Math.Min(mask.Height, y + end - at);
                while (next < last && rows[next] == rows[y])
                    next++;
                int cell = (rows[y] * _side) + columns[x];
                weights[cell] = weights.GetValueOrDefault(cell) + next - y;
                at += next - y;
            }
        }

        return weights;
    }

    // The cell of each pixel along one side.
    private int[] Cells(int length, int resized)
    {
        var cells = new int[length];
        double scale = (double)resized / length / _imageSize * _side;
        for (int i = 0; i < length; i++)
            cells[i] = Math.Min(_side - 1, (int)((i + 0.5) * scale));
        return cells;
    }

    private int Filled(int resized) => Math.Clamp((int)Math.Ceiling((double)resized / _imageSize * _side), 1, _side);
}
