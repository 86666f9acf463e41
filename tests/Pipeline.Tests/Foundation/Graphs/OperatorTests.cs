using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Graphs;

public sealed class OperatorTests
{
    [Fact]
    public void MatMulTransposed_MultipliesByTheTranspose()
    {
        float[] actual = GraphRun.Of(
            [1, 2, 3, 4], [2, 2], (graph, x) => x.MatMulTransposed(graph.Floats([5, 6, 7, 8], 2, 2), scale: 0.5f));

        TensorAssert.Close([8.5f, 11.5f, 19.5f, 26.5f], actual, 1e-6);
    }

    [Fact]
    public void TransposedMatMul_MultipliesTheTranspose()
    {
        float[] actual = GraphRun.Of(
            [1, 2, 3, 4], [2, 2], (graph, x) => x.TransposedMatMul(graph.Floats([5, 6, 7, 8], 2, 2)));

        TensorAssert.Close([26, 30, 38, 44], actual, 1e-6);
    }

    [Fact]
    public void FlashAttention_EqualsSoftmaxOfProducts()
    {
        const int Length = 5, Heads = 2, Width = 4;
        float[] tokens = SyntheticNumbers.Floats("tokens", Length * Heads * Width);

        float[] actual = GraphRun.Of(tokens, [1, Length, Heads * Width], (_, x) => x.FlashAttention(x, x, Heads, 0.5f));

        float[] expected = GraphRun.Of(tokens, [1, Length, Heads * Width], (_, x) =>
        {
            GraphValue heads = x.Reshape(1, Length, Heads, Width).Transpose(0, 2, 1, 3);
            GraphValue attended = heads.MatMulTransposed(heads, 0.5f).Softmax().MatMul(heads);
            return attended.Transpose(0, 2, 1, 3);
        });
        TensorAssert.Close(expected, actual, 1e-5);
    }

    [Fact]
    public void FlashAttention_InTheFormForAGpu_IsTheSame()
    {
        const int Length = 5, Heads = 2, Width = 6, ValueWidth = 4;
        float[] tokens = SyntheticNumbers.Floats("tokens", Length * Heads * Width);

        float[] expected = GraphRun.Of(tokens, [1, Length, Heads * Width], Attend);
        float[] actual = GraphRun.Of(tokens, [1, Length, Heads * Width], Attend, target: GraphTarget.Gpu);

        TensorAssert.Close(expected, actual, 1e-6);

        static GraphValue Attend(GraphBuilder graph, GraphValue x) =>
            x.FlashAttention(x, x.Slice(2, 0, Heads * ValueWidth), Heads, 0.5f);
    }

    [Fact]
    public void FlashAttention_Causal_SeesNothingAhead()
    {
        const int Length = 5, Heads = 2, Width = 4;
        float[] tokens = SyntheticNumbers.Floats("tokens", Length * Heads * Width);

        float[] whole = GraphRun.Of(
            tokens, [1, Length, Heads * Width], (_, x) => x.FlashAttention(x, x, Heads, 0.5f, isCausal: true));
        float[] beginning = GraphRun.Of(
            tokens.AsSpan(0, 3 * Heads * Width),
            [1, 3, Heads * Width],
            (_, x) => x.FlashAttention(x, x, Heads, 0.5f, isCausal: true));

        TensorAssert.Close(beginning, whole.AsSpan(0, beginning.Length), 1e-6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Slopes_AreTheDerivatives(bool isQuick)
    {
        float[] points = [-3, -1.2f, -0.1f, 0, 0.4f, 2, 5];
        const float Step = 1e-2f;

        float[] slopes = GraphRun.Of(points, [points.Length], (_, x) => isQuick ? x.QuickGeluSlope() : x.GeluSlope());

        float[] above = Values(Step), below = Values(-Step);
        TensorAssert.Close([.. above.Zip(below, (a, b) => (a - b) / (2 * Step))], slopes, 1e-3);

        float[] Values(float shift) => GraphRun.Of(
            Array.ConvertAll(points, point => point + shift),
            [points.Length],
            (_, x) => isQuick ? x.QuickGelu() : x.Gelu());
    }

    [Theory]
    [InlineData(-2f, -0.04550028f)]
    [InlineData(0.5f, 0.34573123f)]
    [InlineData(3f, 2.9959502f)]
    public void Gelu_IsTheExactOne(float input, float expected) =>
        TensorAssert.Close([expected], GraphRun.Of([input], [1], (_, x) => x.Gelu()), 1e-6);

    [Fact]
    public void QuickGelu_IsTheSigmoidForm() =>
        TensorAssert.Close([2 / (1 + MathF.Exp(-3.404f))], GraphRun.Of([2], [1], (_, x) => x.QuickGelu()), 1e-6);

    [Fact]
    public void AveragePool_AtTheBorder_CountsExistingPixelsOnly() =>
        TensorAssert.Close(
            [2.5f, 2.5f, 2.5f, 2.5f], GraphRun.Of([1, 2, 3, 4], [1, 1, 2, 2], (_, x) => x.AveragePool(3, 1, 1)), 1e-6);

    [Fact]
    public void Slice_NegativeEnd_CountsFromTheEnd() =>
        TensorAssert.Close([2, 3], GraphRun.Of([1, 2, 3, 4], [4], (_, x) => x.Slice(0, 1, -1)), 0);

    [Fact]
    public void Split_GivesConsecutiveParts() =>
        TensorAssert.Close([3, 4, 1, 2], GraphRun.Of([1, 2, 3, 4], [4], (_, x) =>
        {
            GraphValue[] parts = x.Split(0, 2, 2);
            return Shaping.Concat(0, parts[1], parts[0]);
        }), 0);

    [Fact]
    public void ResizeBilinear_UsesHalfPixelCentres() =>
        TensorAssert.Close(
            [1, 1.25f, 1.75f, 2], GraphRun.Of([1, 2], [1, 1, 1, 2], (_, x) => x.ResizeBilinear(1, 4)), 1e-6);

    [Fact]
    public void GridSample_OutsideTheMapIsZero() =>
        TensorAssert.Close(
            [1.5f, 0],
            GraphRun.Of([1, 2], [1, 1, 1, 2], (graph, x) => x.GridSample(graph.Floats([0, 0, 5, 0], 1, 1, 2, 2))),
            1e-6);

    [Fact]
    public void Where_PicksByCondition() =>
        TensorAssert.Close([10, 2], GraphRun.Of([1, 2], [2], (graph, x) =>
            x.Less(graph.Floats([1.5f], 1)).Where(graph.Floats([10], 1), x)), 0);

    [Fact]
    public void ArgMax_FirstOfEqualsWins() =>
        TensorAssert.Close([1], GraphRun.Of([1, 3, 3], [1, 3], (_, x) => x.ArgMax(1)), 0);
}
