using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;

namespace FrozenSeg.Pipeline.Families.Sam.Decoding;

/// <summary>
/// Takes mask logits from the decoder's resolution to the picture's, column by column, and reads off the mask's runs
/// and stability on the way. No full-size mask is held. Safe for many callers.
/// </summary>
internal sealed class MaskUpscaler
{
    // Interpolated values lie between the samples they come from, up to rounding.
    private const float RoundingMargin = 1e-3f;

    private readonly int _maskSize;
    private readonly BandedTaps _rows;
    private readonly BandedTaps _columns;
    private readonly CropBox _crop;
    private readonly int _imageWidth;
    private readonly int _imageHeight;

    /// <param name="maskSize">Side of the decoder's logits.</param>
    /// <param name="imageSize">Side of the encoder's frame.</param>
    /// <param name="transform">How the picture, or the crop of it, was fitted into that frame.</param>
    public MaskUpscaler(int maskSize, int imageSize, ResizeTransform transform)
        : this(
            maskSize,
            imageSize,
            transform,
            new CropBox(0, 0, transform.Width, transform.Height, 0),
            transform.Width,
            transform.Height)
    {
    }

    /// <summary>For masks of a crop, placed in the whole picture.</summary>
    /// <param name="maskSize">Side of the decoder's logits.</param>
    /// <param name="imageSize">Side of the encoder's frame.</param>
    /// <param name="transform">How the crop was fitted into that frame.</param>
    /// <param name="crop">Where the crop lies.</param>
    /// <param name="imageWidth">Columns of the whole picture.</param>
    /// <param name="imageHeight">Rows of the whole picture.</param>
    public MaskUpscaler(
        int maskSize, int imageSize, ResizeTransform transform, CropBox crop, int imageWidth, int imageHeight)
    {
        _maskSize = maskSize;
        _rows = new BandedTaps(maskSize, imageSize, transform.NewHeight, transform.Height);
        _columns = new BandedTaps(maskSize, imageSize, transform.NewWidth, transform.Width);
        _crop = crop;
        _imageWidth = imageWidth;
        _imageHeight = imageHeight;
    }

    /// <summary>Logits at the picture's (or crop's) size, row-major.</summary>
    /// <param name="logits">Low-resolution logits, row-major.</param>
    public float[] Upscale(ReadOnlySpan<float> logits)
    {
        var full = new float[_rows.Count * _columns.Count];
        float[] column = ArrayPool<float>.Shared.Rent(_rows.Count);
        using var tall = new TallColumns(this, logits);
        for (int x = 0; x < _columns.Count; x++)
        {
            tall.Blend(x, 0, _rows.Count, column);
            for (int y = 0; y < _rows.Count; y++)
                full[(y * _columns.Count) + x] = column[y];
        }

        ArrayPool<float>.Shared.Return(column);
        return full;
    }

    /// <summary>
    /// The mask where the logit is above 0, and how far it changes between ±<paramref name="stabilityOffset"/>.
    /// </summary>
    /// <param name="logits">Low-resolution logits, row-major.</param>
    /// <param name="stabilityOffset">Distance of the stability thresholds from 0.</param>
    public MaskRaster Rasterise(ReadOnlySpan<float> logits, float stabilityOffset)
    {
        var runs = new RunCollector(_imageHeight, _imageWidth);
        float lowest = -MathF.Abs(stabilityOffset) - RoundingMargin;
        (int x0, int x1, int y0, int y1) = Support(logits, lowest);
        int above = 0, below = 0;
        if (x0 <= x1)
        {
            (int firstColumn, int lastColumn) = Reached(_columns, x0, x1);
            (int firstRow, int lastRow) = Reached(_rows, y0, y1);
            int length = lastRow - firstRow + 1;
            float[] column = ArrayPool<float>.Shared.Rent(length);
            using var tall = new TallColumns(this, logits);
            for (int x = firstColumn; x <= lastColumn; x++)
            {
                tall.Blend(x, firstRow, length, column);
                ReadOnlySpan<float> values = column.AsSpan(0, length);
                above += CountAbove(values, stabilityOffset);
                below += CountAbove(values, -stabilityOffset);
                runs.AddColumn(values, ((_crop.X0 + x) * _imageHeight) + _crop.Y0 + firstRow);
            }

            ArrayPool<float>.Shared.Return(column);
        }

        return new MaskRaster(runs.ToRunLengthEncoding(), above, below);
    }

    // The box of low-resolution samples above a value.
    private (int X0, int X1, int Y0, int Y1) Support(ReadOnlySpan<float> logits, float lowest)
    {
        int x0 = _maskSize, x1 = -1, y0 = _maskSize, y1 = -1;
        for (int y = 0; y < _maskSize; y++)
        {
            ReadOnlySpan<float> row = logits.Slice(y * _maskSize, _maskSize);
            if (!(TensorPrimitives.Max(row) > lowest))
                continue;
            y0 = Math.Min(y0, y);
            y1 = y;
            int first = 0, last = _maskSize - 1;
            while (!(row[first] > lowest))
                first++;
            while (!(row[last] > lowest))
                last--;
            x0 = Math.Min(x0, first);
            x1 = Math.Max(x1, last);
        }

        return (x0, x1, y0, y1);
    }

    // Outputs that a range of samples has a part in; taps only move forward.
    private static (int First, int Last) Reached(BandedTaps taps, int firstSample, int lastSample)
    {
        int first = 0, last = taps.Count - 1;
        while (first < last && taps.Starts[first] + BandedTaps.Width - 1 < firstSample)
            first++;
        while (last > first && taps.Starts[last] > lastSample)
            last--;
        return (first, last);
    }

    private static int CountAbove(ReadOnlySpan<float> values, float threshold)
    {
        // A comparison yields −1 in every lane where it holds.
        Vector<int> counts = Vector<int>.Zero;
        var limit = new Vector<float>(threshold);
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            counts -= Vector.GreaterThan(new Vector<float>(values[i..]), limit);
        int count = Vector.Sum(counts);
        for (; i < values.Length; i++)
            count += values[i] > threshold ? 1 : 0;
        return count;
    }

    /// <summary>The low-resolution columns, each stretched to the picture's height; made when first needed.</summary>
    private sealed class TallColumns : IDisposable
    {
        private readonly MaskUpscaler _upscaler;
        private readonly float[] _transposed;
        private readonly float[] _columns;
        private int _ready;

        public TallColumns(MaskUpscaler upscaler, ReadOnlySpan<float> logits)
        {
            _upscaler = upscaler;
            int size = upscaler._maskSize;
            _transposed = ArrayPool<float>.Shared.Rent(size * size);
            _columns = ArrayPool<float>.Shared.Rent(size * upscaler._rows.Count);
            _ready = -1;
            for (int y = 0; y < size; y++)
            {
                for (int x = 0; x < size; x++)
                    _transposed[(x * size) + y] = logits[(y * size) + x];
            }
        }

        /// <summary>Rows [first, first + length) of picture column <paramref name="x"/>.</summary>
        public void Blend(int x, int first, int length, float[] target)
        {
            int start = _upscaler._columns.Starts[x], height = _upscaler._rows.Count;
            ReadOnlySpan<float> weights = _upscaler._columns.Weights(x);
            if (_ready < 0)
                _ready = start - 1;
            while (_ready < Math.Min(start + BandedTaps.Width, _upscaler._maskSize) - 1)
                Stretch(++_ready);

            ReadOnlySpan<float> a = _columns.AsSpan((start * height) + first, length);
            ReadOnlySpan<float> b = Neighbour(start + 1, first, length), c = Neighbour(start + 2, first, length);
            var wa = new Vector<float>(weights[0]);
            var wb = new Vector<float>(weights[1]);
            var wc = new Vector<float>(weights[2]);
            int i = 0;
            for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector<float> sum = (wa * new Vector<float>(a[i..]))
                    + (wb * new Vector<float>(b[i..]))
                    + (wc * new Vector<float>(c[i..]));
                sum.CopyTo(target, i);
            }

            for (; i < length; i++)
                target[i] = (weights[0] * a[i]) + (weights[1] * b[i]) + (weights[2] * c[i]);
        }

        public void Dispose()
        {
            ArrayPool<float>.Shared.Return(_transposed);
            ArrayPool<float>.Shared.Return(_columns);
        }

        // A map narrower than the band repeats its last column, with weight 0.
        private ReadOnlySpan<float> Neighbour(int column, int first, int length) =>
            _columns.AsSpan((Math.Min(column, _upscaler._maskSize - 1) * _upscaler._rows.Count) + first, length);

        private void Stretch(int column)
        {
            BandedTaps rows = _upscaler._rows;
            int size = _upscaler._maskSize;
            ReadOnlySpan<float> source = _transposed.AsSpan(column * size, size);
            Span<float> target = _columns.AsSpan(column * rows.Count, rows.Count);
            for (int y = 0; y < target.Length; y++)
            {
                int start = rows.Starts[y];
                ReadOnlySpan<float> weights = rows.Weights(y);
                float sum = weights[0] * source[start];
                for (int k = 1; k < BandedTaps.Width && start + k < size; k++)
                    sum += weights[k] * source[start + k];
                target[y] = sum;
            }
        }
    }
}
