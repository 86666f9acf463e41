using System.Runtime.Intrinsics;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Attention;

/// <summary>
/// Multi-scale deformable sampling on the CPU (frozenseg.md 4.2): for each token and head the weighted sum of bilinear
/// samples, channels side by side in vector registers. Outside a map is zero.
/// </summary>
/// <remarks>
/// ONNX Runtime's GridSample works out the four corners again for every channel; here they are worked out once for a
/// head, which makes the sampling a small part of a layer.
/// </remarks>
internal static unsafe class DeformableSampling
{
    private const int Corners = 4, Chunk = 64;

    /// <summary>Samples for all tokens.</summary>
    /// <param name="maps">The maps, and the layout of the other arguments.</param>
    /// <param name="value"><c>[N, D]</c>.</param>
    /// <param name="offsets"><c>[N, heads·levels·points·2]</c>: (x, y) in cells.</param>
    /// <param name="weights"><c>[N, heads·levels·points]</c>: before the softmax.</param>
    /// <param name="threads">Most threads to use.</param>
    /// <returns><c>[N, D]</c>; the caller disposes it.</returns>
    public static TensorBuffer<float> Apply(
        DeformableMaps maps,
        TensorBuffer<float> value,
        TensorBuffer<float> offsets,
        TensorBuffer<float> weights,
        int threads)
    {
        int tokens = maps.Tokens;
        var sampled = new TensorBuffer<float>(tokens, value.Shape[1]);
        var job = new Job(
            maps,
            (float*)value.Address,
            value.Shape[1],
            (float*)offsets.Address,
            (float*)weights.Address,
            (float*)sampled.Address);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.For(0, (tokens + Chunk - 1) / Chunk, options, chunk => job.Run(
            chunk * Chunk, Math.Min(tokens, (chunk + 1) * Chunk)));
        return sampled;
    }

    private sealed class Job(
        DeformableMaps maps, float* value, int width, float* offsets, float* weights, float* sampled)
    {
        private readonly float[] _places = maps.Places();
        private readonly (int Height, int Width)[] _sizes = [.. maps.Sizes];
        private readonly int _perHead = maps.Levels * maps.Points;

        public void Run(int first, int end)
        {
            int most = _sizes.Length * maps.Points * Corners;
            int* rows = stackalloc int[most];
            float* shares = stackalloc float[most];
            float* softmax = stackalloc float[_perHead];
            int headWidth = width / maps.Heads;
            for (int token = first; token < end; token++)
            {
                for (int head = 0; head < maps.Heads; head++)
                {
                    int count = Collect(token, head, rows, shares, softmax);
                    Sum(
                        value + (head * headWidth),
                        rows,
                        shares,
                        count,
                        sampled + ((long)token * width) + (head * headWidth),
                        headWidth);
                }
            }
        }

        /// <summary>
        /// The rows of <c>value</c> that a token's head reads, and their shares. With fewer maps than levels the flat
        /// buffer of offsets is read as if it were laid out for the maps (frozenseg.md 4.3): entry s of (token, head,
        /// map) is entry s of (token, head, level). With as many maps as levels that is the same entry.
        /// </summary>
        private int Collect(int token, int head, int* rows, float* shares, float* softmax)
        {
            int count = 0, start = 0, computed = -1;
            for (int map = 0; map < _sizes.Length; map++)
            {
                int entry = (((token * maps.Heads) + head) * _sizes.Length) + map;
                int source = entry / maps.Levels, level = entry % maps.Levels, place = source / maps.Heads;
                if (source != computed)
                    Softmax(weights + ((long)source * _perHead), softmax);
                computed = source;
                (int height, int columns) = _sizes[map];
                float x = (_places[2 * place] * columns) - 0.5f, y = (_places[(2 * place) + 1] * height) - 0.5f;
                float* offset = offsets + (((long)source * _perHead) + (level * maps.Points)) * 2;
                for (int point = 0; point < maps.Points; point++, offset += 2)
                {
                    count = Bilinear(
                        x + offset[0],
                        y + offset[1],
                        softmax[(level * maps.Points) + point],
                        height,
                        columns,
                        start,
                        rows,
                        shares,
                        count);
                }

                start += height * columns;
            }

            return count;
        }

        private int Bilinear(
            float x, float y, float share, int height, int columns, int start, int* rows, float* shares, int count)
        {
            // NaN and far-off places have no corner inside.
            if (!(x > -1 && y > -1 && x < columns && y < height))
                return count;
            int left = (int)MathF.Floor(x), top = (int)MathF.Floor(y);
            float right = x - left, below = y - top;
            for (int corner = 0; corner < Corners; corner++)
            {
                int column = left + (corner & 1), row = top + (corner >> 1);
                if ((uint)column >= (uint)columns || (uint)row >= (uint)height)
                    continue;
                rows[count] = (start + (row * columns) + column) * width;
                shares[count++] =
                    share * ((corner & 1) == 0 ? 1 - right : right) * (corner >> 1 == 0 ? 1 - below : below);
            }

            return count;
        }

        private void Softmax(float* logits, float* softmax)
        {
            float largest = float.NegativeInfinity, total = 0;
            for (int i = 0; i < _perHead; i++)
                largest = MathF.Max(largest, logits[i]);
            for (int i = 0; i < _perHead; i++)
                total += softmax[i] = MathF.Exp(logits[i] - largest);
            for (int i = 0; i < _perHead; i++)
                softmax[i] /= total;
        }

        private static void Sum(float* value, int* rows, float* shares, int count, float* target, int channels)
        {
            int channel = 0;
            for (; Vector512.IsHardwareAccelerated
                && channel <= channels - Vector512<float>.Count; channel += Vector512<float>.Count)
            {
                Vector512<float> sum = Vector512<float>.Zero;
                for (int i = 0; i < count; i++)
                    sum = Vector512.FusedMultiplyAdd(
                        Vector512.Create(shares[i]), Vector512.Load(value + rows[i] + channel), sum);
                sum.Store(target + channel);
            }

            for (; channel <= channels - Vector256<float>.Count; channel += Vector256<float>.Count)
            {
                Vector256<float> sum = Vector256<float>.Zero;
                for (int i = 0; i < count; i++)
                    sum = Vector256.FusedMultiplyAdd(
                        Vector256.Create(shares[i]), Vector256.Load(value + rows[i] + channel), sum);
                sum.Store(target + channel);
            }

            for (; channel < channels; channel++)
            {
                float sum = 0;
                for (int i = 0; i < count; i++)
                    sum += shares[i] * value[rows[i] + channel];
                target[channel] = sum;
            }
        }
    }
}
