using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Attention;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Tensors;

public sealed class RelativeAttentionTests
{
    private const int Heads = 3;

    [Theory]
    [InlineData(16, 16, 1f, 1e-5)]
    [InlineData(16, 80, 1f, 1e-5)]
    [InlineData(32, 32, 1f, 1e-5)]
    [InlineData(16, 32, 60f, 5e-4)] // float32 resolves logits of thousands to 2e-4
    public void Apply_IsTheSoftmaxOfProductsAndPositions(int side, int headWidth, float size, double tolerance)
    {
        Tensors tensors = Make(side, headWidth, size);

        using TensorBuffer<float> actual = tensors.Apply(threads: 2);

        TensorAssert.Close(tensors.Expected(), actual.Span, tolerance);
    }

    [Fact]
    public void Apply_MoreThreads_GiveTheSameNumbers()
    {
        Tensors tensors = Make(16, 32, 1);

        using TensorBuffer<float> one = tensors.Apply(threads: 1), three = tensors.Apply(threads: 3);

        TensorAssert.Close(one.Span, three.Span, 0);
    }

    [Fact]
    public void Apply_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(
        () => Make(16, 16, 1).Apply(threads: 1, new CancellationToken(canceled: true)));

    [Theory]
    [InlineData(64, 64, true)]
    [InlineData(64, 80, true)]
    [InlineData(8, 16, false)]
    [InlineData(14, 64, false)]
    public void Serves_SizesThatFillRegisters_Alone(int side, int headWidth, bool expected) =>
        Assert.Equal(expected, RelativeAttention.Serves(side, headWidth));

    private static Tensors Make(int side, int headWidth, float size) => new(
        side,
        headWidth,
        SyntheticNumbers.Floats("query", side * side * Heads * headWidth, size),
        SyntheticNumbers.Floats("key", side * side * Heads * headWidth, size),
        SyntheticNumbers.Floats("value", side * side * Heads * headWidth),
        SyntheticNumbers.Floats("rows", side * side * Heads * side, 3 * size),
        SyntheticNumbers.Floats("columns", side * side * Heads * side, 3 * size));

    private sealed record Tensors(
        int Side, int HeadWidth, float[] Query, float[] Key, float[] Value, float[] Rows, float[] Columns)
    {
        private int Cells => Side * Side;

        public TensorBuffer<float> Apply(int threads, CancellationToken cancellation = default)
        {
            using TensorBuffer<float> query = Matrix(Query), key = Matrix(Key), value = Matrix(Value);
            using TensorBuffer<float> rows = TensorBuffer<float>.From(Rows, Cells, Heads, Side);
            using TensorBuffer<float> columns = TensorBuffer<float>.From(Columns, Cells, Heads, Side);
            return RelativeAttention.Apply(query, key, value, rows, columns, threads, cancellation);
        }

        public float[] Expected()
        {
            var expected = new float[Query.Length];
            for (int cell = 0; cell < Cells; cell++)
            {
                for (int head = 0; head < Heads; head++)
                    Attend(cell, head, expected.AsSpan(At(cell, head), HeadWidth));
            }

            return expected;
        }

        private void Attend(int cell, int head, Span<float> target)
        {
            double[] logits = [.. Enumerable.Range(0, Cells).Select(other => Logit(cell, head, other))];
            double largest = logits.Max();
            double[] powers = Array.ConvertAll(logits, logit => Math.Exp(logit - largest));
            double total = powers.Sum();
            for (int channel = 0; channel < HeadWidth; channel++)
            {
                double sum = 0;
                for (int other = 0; other < Cells; other++)
                    sum += powers[other] * Value[At(other, head) + channel];
                target[channel] = (float)(sum / total);
            }
        }

        private double Logit(int cell, int head, int other)
        {
            int place = ((cell * Heads) + head) * Side;
            double sum = Rows[place + (other / Side)] + Columns[place + (other % Side)];
            for (int channel = 0; channel < HeadWidth; channel++)
                sum += (double)Query[At(cell, head) + channel] * Key[At(other, head) + channel];
            return sum / Math.Sqrt(HeadWidth);
        }

        private int At(int cell, int head) => ((cell * Heads) + head) * HeadWidth;

        private TensorBuffer<float> Matrix(float[] values) =>
            TensorBuffer<float>.From(values, Cells, Heads * HeadWidth);
    }
}
