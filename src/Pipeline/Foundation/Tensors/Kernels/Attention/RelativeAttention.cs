using System.Runtime.Intrinsics;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Attention;

/// <summary>
/// Attention of every cell of a square map to every cell, with decomposed relative positions (sam.md 2.1), on the CPU:
/// for each head <c>softmax((q kᵀ + rows + columns)/√d) v</c>, where a key's row and its column each add a number.
/// </summary>
/// <remarks>
/// One row of queries meets one row of keys at a time, so that logits live in the first cache alone (Dao et al. 2022,
/// FlashAttention, with its running maximum). ONNX Runtime's flash attention knows no such positions; as part of longer
/// queries and keys they double its work.
/// </remarks>
internal static unsafe class RelativeAttention
{
    // Eight sums, two registers of a row of b and one value of a fit into the sixteen that AVX2 has.
    private const int TileRows = 4, TileLanes = 2;

    /// <summary>Whether a map and heads of these sizes fill registers evenly.</summary>
    /// <param name="side">Rows and columns of the map.</param>
    /// <param name="headWidth">Width of a head.</param>
    public static bool Serves(int side, int headWidth) =>
        Vector256.IsHardwareAccelerated && FillsTiles(Lane8.Width, side, headWidth);

    /// <summary>Attends.</summary>
    /// <param name="query"><c>[side², heads·d]</c>, as <paramref name="key"/> and <paramref name="value"/>.</param>
    /// <param name="key">Keys, not scaled yet.</param>
    /// <param name="value">Values.</param>
    /// <param name="rows"><c>[side², heads, side]</c>: what each row of keys adds for a query.</param>
    /// <param name="columns"><c>[side², heads, side]</c>: what each column adds.</param>
    /// <param name="threads">Most threads to use.</param>
    /// <param name="cancellation">Stops between rows of queries.</param>
    /// <returns><c>[side², heads·d]</c>; the caller disposes it.</returns>
    public static TensorBuffer<float> Apply(
        TensorBuffer<float> query,
        TensorBuffer<float> key,
        TensorBuffer<float> value,
        TensorBuffer<float> rows,
        TensorBuffer<float> columns,
        int threads,
        CancellationToken cancellation)
    {
        int heads = rows.Shape[1], side = rows.Shape[2], width = query.Shape[1];
        using var packedKey = new TensorBuffer<float>(heads, side * side, width / heads);
        using var packedValue = new TensorBuffer<float>(heads, side * side, width / heads);
        var attended = new TensorBuffer<float>(side * side, width);
        var job = new Job(side, heads, width / heads)
        {
            Query = (float*)query.Address,
            Key = (float*)key.Address,
            Value = (float*)value.Address,
            Rows = (float*)rows.Address,
            Columns = (float*)columns.Address,
            PackedKey = (float*)packedKey.Address,
            PackedValue = (float*)packedValue.Address,
            Attended = (float*)attended.Address,
        };
        Action<int> attend = Registers.Hold16Floats && FillsTiles(Lane16.Width, side, width / heads)
            ? job.Attend<Lane16>
            : job.Attend<Lane8>;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, heads * side, options, job.Pack);
            Parallel.For(0, heads * side, options, attend);
            return attended;
        }
        catch
        {
            attended.Dispose();
            throw;
        }
    }

    private static bool FillsTiles(int lane, int side, int headWidth) =>
        side % (TileLanes * lane) == 0 && headWidth % (TileLanes * lane) == 0;

    private sealed class Job(int side, int heads, int headWidth)
    {
        private readonly int _width = heads * headWidth;
        private readonly float _scale = 1 / MathF.Sqrt(headWidth);

        public required float* Query { get; init; }

        public required float* Key { get; init; }

        public required float* Value { get; init; }

        public required float* Rows { get; init; }

        public required float* Columns { get; init; }

        // For each head and row of keys [d, side], scaled.
        public required float* PackedKey { get; init; }

        // For each head and row of keys [side, d].
        public required float* PackedValue { get; init; }

        public required float* Attended { get; init; }

        private int RowSize => side * headWidth;

        /// <summary>Lays out the keys and values of one head and row.</summary>
        public void Pack(int item)
        {
            (int head, int row) = Math.DivRem(item, side);
            float* keys = PackedKey + ((long)item * RowSize), values = PackedValue + ((long)item * RowSize);
            for (int x = 0; x < side; x++)
            {
                long source = ((long)((row * side) + x) * _width) + (head * headWidth);
                for (int channel = 0; channel < headWidth; channel++)
                    keys[(channel * side) + x] = Key[source + channel] * _scale;
                new ReadOnlySpan<float>(Value + source, headWidth)
                    .CopyTo(new Span<float>(values + (x * headWidth), headWidth));
            }
        }

        /// <summary>Answers one row of queries of one head.</summary>
        public void Attend<TLane>(int item)
            where TLane : struct, ILane<TLane>
        {
            (int head, int row) = Math.DivRem(item, side);
            float* logits = stackalloc float[side * side], sums = stackalloc float[RowSize];
            float* most = stackalloc float[side], totals = stackalloc float[side];
            new Span<float>(most, side).Fill(float.NegativeInfinity);
            long first = (long)row * side;
            float* queries = Query + (first * _width) + (head * headWidth);
            long places = ((first * heads) + head) * side;
            for (int keyRow = 0; keyRow < side; keyRow++)
            {
                long packed = ((long)(head * side) + keyRow) * RowSize;
                Place<TLane>(Rows + places + keyRow, Columns + places, logits);
                Multiply<TLane>(queries, _width, PackedKey + packed, logits, headWidth, side);
                Exponentiate<TLane>(logits, most, totals, sums);
                Multiply<TLane>(logits, side, PackedValue + packed, sums, side, headWidth);
            }

            float* target = Attended + (first * _width) + (head * headWidth);
            for (int i = 0; i < side; i++)
                Scale<TLane>(sums + (i * headWidth), 1 / totals[i], target + ((long)i * _width));
        }

        // The logits' beginning: what positions add.
        private void Place<TLane>(float* rows, float* columns, float* logits)
            where TLane : struct, ILane<TLane>
        {
            var scale = TLane.Fill(_scale);
            for (int i = 0; i < side; i++, rows += heads * side, columns += heads * side)
            {
                var row = TLane.Fill(*rows);
                for (int x = 0; x < side; x += TLane.Width)
                    ((row + TLane.Load(columns + x)) * scale).Store(logits + (i * side) + x);
            }
        }

        // Logits to powers of e, over the largest logit so far; what was summed over another is brought in line.
        private void Exponentiate<TLane>(float* logits, float* most, float* totals, float* sums)
            where TLane : struct, ILane<TLane>
        {
            for (int i = 0; i < side; i++, logits += side, sums += headWidth)
            {
                TLane largest = TLane.Load(logits);
                for (int x = TLane.Width; x < side; x += TLane.Width)
                    largest = largest.Max(TLane.Load(logits + x));
                float before = most[i];
                most[i] = MathF.Max(before, largest.Largest());
                if (most[i] > before)
                {
                    float shrink = MathF.Exp(before - most[i]);
                    totals[i] *= shrink;
                    Scale<TLane>(sums, shrink, sums);
                }

                var reference = TLane.Fill(most[i]);
                TLane total = default;
                for (int x = 0; x < side; x += TLane.Width)
                {
                    TLane power = Exponential.Of(TLane.Load(logits + x) - reference);
                    power.Store(logits + x);
                    total += power;
                }

                totals[i] += total.Sum();
            }
        }

        private void Scale<TLane>(float* source, float factor, float* target)
            where TLane : struct, ILane<TLane>
        {
            var scale = TLane.Fill(factor);
            for (int channel = 0; channel < headWidth; channel += TLane.Width)
                (TLane.Load(source + channel) * scale).Store(target + channel);
        }

        // c [side, columns] += a [side, inner] b [inner, columns]: tiles of four rows and two registers.
        private void Multiply<TLane>(float* a, int stride, float* b, float* c, int inner, int columns)
            where TLane : struct, ILane<TLane>
        {
            for (int column = 0; column < columns; column += TileLanes * TLane.Width)
            {
                for (int row = 0; row < side; row += TileRows)
                    MultiplyTile<TLane>(
                        a + ((long)row * stride), stride, b + column, c + (row * columns) + column, inner, columns);
            }
        }

        private static void MultiplyTile<TLane>(float* a, int stride, float* b, float* c, int inner, int columns)
            where TLane : struct, ILane<TLane>
        {
            float* a1 = a + stride, a2 = a1 + stride, a3 = a2 + stride;
            float* c1 = c + columns, c2 = c1 + columns, c3 = c2 + columns;
            TLane s00 = TLane.Load(c), s01 = TLane.Load(c + TLane.Width), s10 = TLane.Load(c1),
                s11 = TLane.Load(c1 + TLane.Width);
            TLane s20 = TLane.Load(c2), s21 = TLane.Load(c2 + TLane.Width), s30 = TLane.Load(c3),
                s31 = TLane.Load(c3 + TLane.Width);
            for (int k = 0; k < inner; k++, b += columns)
            {
                TLane left = TLane.Load(b), right = TLane.Load(b + TLane.Width);
                var factor = TLane.Fill(a[k]);
                s00 = s00.AddProduct(factor, left);
                s01 = s01.AddProduct(factor, right);
                factor = TLane.Fill(a1[k]);
                s10 = s10.AddProduct(factor, left);
                s11 = s11.AddProduct(factor, right);
                factor = TLane.Fill(a2[k]);
                s20 = s20.AddProduct(factor, left);
                s21 = s21.AddProduct(factor, right);
                factor = TLane.Fill(a3[k]);
                s30 = s30.AddProduct(factor, left);
                s31 = s31.AddProduct(factor, right);
            }

            s00.Store(c);
            s01.Store(c + TLane.Width);
            s10.Store(c1);
            s11.Store(c1 + TLane.Width);
            s20.Store(c2);
            s21.Store(c2 + TLane.Width);
            s30.Store(c3);
            s31.Store(c3 + TLane.Width);
        }
    }
}
