using System.Runtime.InteropServices;
using System.Text;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Graphs;

public sealed class StripsTests : IDisposable
{
    private const int Width = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(new[] { 12, Width }, 4, false)]
    [InlineData(new[] { 12, Width }, 4, true)]
    [InlineData(new[] { 1, 2, 6, Width }, 4, true)]
    [InlineData(new[] { 1, 3, 7, Width }, 4, true)] // 21 rows are not four strips
    [InlineData(new[] { 7, Width }, 1, false)]
    public void InStrips_AnyNumberOfRows_GivesWhatTheBodyGivesForAll(int[] shape, int count, bool symbolic)
    {
        float[] input = SyntheticNumbers.Floats("x", shape.Aggregate((a, b) => a * b));

        float[] strips = GraphRun.Of(input, shape, (graph, x) => Strips.InStrips(count, [x, x], Mixed), symbolic);
        float[] whole = GraphRun.Of(input, shape, (graph, x) => Mixed([x, x]), symbolic);

        TensorAssert.Close(whole, strips, 1e-6);
    }

    [Theory]
    [InlineData(4096, 16)] // SAM ViT-B
    [InlineData(5184, 18)] // SAM 3
    [InlineData(300, 1)]
    [InlineData(64, 1)]
    [InlineData(1031, 1)] // a prime
    public void CountFor_GivesEqualStripsOfAtLeast256Rows(int rows, int expected) =>
        Assert.Equal(expected, Strips.CountFor(rows));

    [Fact]
    public void InStrips_EachStrip_SeesItsOwnRowsAlone()
    {
        float[] input = SyntheticNumbers.Floats("x", 12 * Width);

        float[] actual = GraphRun.Of(
            input, [12, Width], (graph, x) => Strips.InStrips(3, [x], rows => rows[0] - rows[0].ReduceMean(0)));

        for (int strip = 0; strip < 3; strip++)
        {
            for (int column = 0; column < Width; column++)
                Assert.Equal(0, Enumerable.Range(strip * 4, 4).Sum(row => actual[(row * Width) + column]), 1e-5);
        }
    }

    [Fact]
    public void InStrips_WeightOfHalfPrecision_ServesTheBodyAndWhatFollows()
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"w":{"dtype":"F16","shape":[5],"data_offsets":[0,10]}}  """);
        Half[] values = [(Half)1, (Half)2, (Half)3, (Half)4, (Half)5];
        using WeightFile weights = WeightFile.Open(_folder.Write(
            "weights.safetensors",
            [.. BitConverter.GetBytes((long)header.Length), .. header, .. MemoryMarshal.AsBytes<Half>(values)]));

        float[] actual = GraphRun.Of(
            [.. Enumerable.Repeat(1f, 4 * Width)],
            [4, Width],
            (graph, x) => Strips.InStrips(2, [x], rows => rows[0] * graph.Weight(weights, "w", Width)) + graph.Weight(
                weights, "w", Width));

        Assert.Equal([2, 4, 6, 8, 10], actual[..Width]);
    }

    [Fact]
    public void InStrips_ValueThatIsAlsoAnOutput_IsFoundByTheBody()
    {
        float[] actual = GraphRun.Of([1, 2, 3, 4], [4, 1], (graph, x) =>
        {
            GraphValue mean = x.ReduceMean(0);
            graph.Output("mean", mean);
            return Strips.InStrips(2, [x], rows => rows[0] - mean);
        });

        Assert.Equal([-1.5f, -0.5f, 0.5f, 1.5f], actual);
    }

    private static GraphValue Mixed(GraphValue[] rows) => rows[0] + (rows[1].Softmax() * 3);
}
