using System.Numerics.Tensors;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Semantic;

/// <summary>Rows of semantic scores at the network's size for one thread; the last two are kept.</summary>
internal sealed unsafe class ScoreRows : IPixelReader
{
    private const int Kept = 2;

    private readonly MaskRows _masks;
    private readonly ClassScores _scores;
    private readonly ExtraMasks? _extra;
    private readonly TensorBuffer<float>? _joined;
    private readonly TensorBuffer<float>[] _rows;
    private readonly int[] _numbers = [-1, -1];
    private int _filling;

    /// <param name="planes">Mask logits.</param>
    /// <param name="frame">Sizes.</param>
    /// <param name="scores">How much each query and extra mask speaks for each class; not owned.</param>
    /// <param name="extra">Masks besides the queries' own, at the network's size; null for none, not owned.</param>
    public ScoreRows(QueryPlanes planes, InferenceFrame frame, ClassScores scores, ExtraMasks? extra)
    {
        _masks = new MaskRows(planes, frame.AtNetworkSize);
        _scores = scores;
        _extra = extra;
        _joined = extra is null ? null : new TensorBuffer<float>(MaskRows.BlockPixels, extra.Joined);
        _rows = [.. Enumerable.Range(0, Kept).Select(_ => new TensorBuffer<float>(frame.NetworkWidth, scores.Stride))];
    }

    /// <summary>A row between two rows.</summary>
    /// <param name="lower">The first.</param>
    /// <param name="upper">The second.</param>
    /// <param name="weight">Share of the second.</param>
    /// <param name="target">Width×stride.</param>
    public void Blend(int lower, int upper, float weight, Span<float> target)
    {
        int a = Fill(lower, other: upper), b = Fill(upper, other: lower);
        TensorPrimitives.Lerp(_rows[a].Span, _rows[b].Span, weight, target);
    }

    /// <inheritdoc/>
    public void Read(in PixelBlock block)
    {
        float* probabilities = block.ProbabilitiesOf(0);
        int stride = block.Stride;
        if (_extra is not null)
        {
            _extra.Join(block, (float*)_joined!.Address);
            probabilities = (float*)_joined.Address;
            stride = _extra.Joined;
        }

        _scores.Compute(
            probabilities, stride, block.Count, (float*)_rows[_filling].Address + ((long)block.X * _scores.Stride));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _masks.Dispose();
        _joined?.Dispose();
        foreach (TensorBuffer<float> row in _rows)
            row.Dispose();
    }

    // The slot that holds a row; the other slot is left alone when it holds the row that is needed too.
    private int Fill(int number, int other)
    {
        int slot = Array.IndexOf(_numbers, number);
        if (slot >= 0)
            return slot;
        _filling = _numbers[0] == other ? 1 : 0;
        _masks.Read(number, this);
        _numbers[_filling] = number;
        return _filling;
    }
}
