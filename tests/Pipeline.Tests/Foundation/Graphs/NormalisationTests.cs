using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Graphs;

public sealed class NormalisationTests
{
    private const int Rows = 6, Width = 16;

    private static readonly float[] Input = SyntheticNumbers.Floats("x", Rows * Width, 3, 0.5f);
    private static readonly float[] Weight = SyntheticNumbers.Floats("weight", Width);
    private static readonly float[] Bias = SyntheticNumbers.Floats("bias", Width);

    [Theory]
    [InlineData(new[] { Rows, Width }, false)]
    [InlineData(new[] { 2, 3, Width }, false)]
    [InlineData(new[] { 2, 3, Width }, true)]
    [InlineData(new[] { 1, 2, 3, Width }, true)]
    public void LayerNorm_IsMeanZeroVarianceOneOverTheLastAxis(int[] shape, bool symbolic)
    {
        float[] actual = GraphRun.Of(
            Input,
            shape,
            (graph, x) => x.LayerNorm(graph.Floats(Weight, Width), graph.Floats(Bias, Width), 1e-6f),
            symbolic);

        TensorAssert.Close(LayerNorm(Input), actual, 1e-5);
    }

    [Fact]
    public void GroupNorm_NormalisesGroupsOfChannelsTogether()
    {
        // Four channels in two groups over 2×12 pixels: each half of the data is one group.
        float[] actual = GraphRun.Of(
            Input,
            [1, 4, 2, 12],
            (graph, x) => x.GroupNorm(2, graph.Floats([1, 1, 1, 1], 4), graph.Floats([0, 0, 0, 0], 4), 0));

        float[] expected = [.. Normalised(Input[..48]), .. Normalised(Input[48..])];
        TensorAssert.Close(expected, actual, 1e-5);
    }

    [Fact]
    public void L2Normalise_GivesUnitLengthAndKeepsZero()
    {
        float[] actual = GraphRun.Of([3, 4, 0, 0], [2, 2], (_, x) => x.L2Normalise());

        TensorAssert.Close([0.6f, 0.8f, 0, 0], actual, 1e-6);
    }

    [Fact]
    public void BatchNorm_UsesStoredStatistics()
    {
        float[] actual = GraphRun.Of(
            [1, 2, 3, 4],
            [1, 2, 1, 2],
            (graph, x) => x.BatchNorm(
                graph.Floats([2, 1], 2),
                graph.Floats([0, 10], 2),
                graph.Floats([1, 3], 2),
                graph.Floats([4, 1], 2),
                0));

        TensorAssert.Close([0, 1, 10, 11], actual, 1e-5);
    }

    private static float[] LayerNorm(float[] input) =>
    [
        .. input.Chunk(Width).SelectMany(row => Normalised(row).Select((value, i) => (value * Weight[i]) + Bias[i])),
    ];

    private static float[] Normalised(float[] values)
    {
        double mean = values.Average(), variance = values.Average(value => (value - mean) * (value - mean));
        return Array.ConvertAll(values, value => (float)((value - mean) / Math.Sqrt(variance + 1e-6)));
    }
}
