using FrozenSeg.Golden.FrozenSeg;
using FrozenSeg.Pipeline.Families.Clip.Backbones;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Golden;

/// <summary>The backbone of a case has the case's sizes, and masks can be pooled with it.</summary>
public sealed class MetaCaseTests : IDisposable
{
    private const int Queries = 2, Embedding = 6, Side = 3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(8, null, 4)]
    [InlineData(24, 3L, 3)]
    [InlineData(32, 8L, 8)]
    public void Backbone_AttentionPoolOfAnySize_AttendsAsDefined(int channels, long? stated, int heads)
    {
        string path = Write(channels, isResNet: true, stated, file =>
        {
            file.Add(
                "w:visual.attnpool.positional_embedding",
                Numbers("positional_embedding", (1 + (Side * Side)) * channels),
                1 + (Side * Side),
                channels);
            foreach ((string name, int rows) in
                new[] { ("q_proj", channels), ("k_proj", channels), ("v_proj", channels), ("c_proj", Embedding) })
                AddLinear(file, $"visual.attnpool.{name}", rows, channels);
        });

        using TensorBuffer<float> embedding = Embed(path, channels, out ClipBackboneConfiguration backbone);

        Assert.Equal(heads, Assert.IsType<ResNetConfiguration>(backbone).PoolHeads);
        TensorAssert.Close(Pooled(channels, heads), embedding.Span, 1e-5);
    }

    [Fact]
    public void Backbone_HeadsThatDoNotDivideTheChannels_SaysSo()
    {
        string path = Write(24, isResNet: true, heads: 5, _ => { });

        using var golden = new NpzFile(path);
        Assert.Contains(
            "An attention pool of 24 channels and 5 heads cannot be run",
            Assert.Throws<NotSupportedException>(() => new MetaCase(golden)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(20)]
    public void Backbone_HiddenWidthOfTheProjection_IsThatOfItsWeight(int hidden)
    {
        const int Channels = 12;
        string path = Write(Channels, isResNet: false, heads: null, file =>
        {
            file.Add("w:visual.trunk.head.norm.weight", Numbers("norm.weight", Channels), Channels)
                .Add("w:visual.trunk.head.norm.bias", Numbers("norm.bias", Channels), Channels);
            AddLinear(file, "visual.head.mlp.fc1", hidden, Channels);
            file.Add("w:visual.head.mlp.fc2.weight", Numbers("fc2.weight", Embedding * hidden), Embedding, hidden);
        });

        using TensorBuffer<float> embedding = Embed(path, Channels, out ClipBackboneConfiguration backbone);

        Assert.Equal(hidden, Assert.IsType<ConvNextConfiguration>(backbone).ProjectionWidth);
        Assert.Equal([Queries, Embedding], embedding.Shape.ToArray());
        Assert.All(embedding.Span.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    private static TensorBuffer<float> Embed(string path, int channels, out ClipBackboneConfiguration backbone)
    {
        using var golden = new NpzFile(path);
        using StoredWeights weights = StoredWeights.From(golden);
        backbone = new MetaCase(golden).Backbone;
        using var embedder = new MaskEmbedder(backbone, weights.File, poolingScale: 1, TinySam.Sessions);
        using TensorBuffer<float> features = TensorBuffer<float>.From(
            Numbers("features", channels * Side * Side), 1, channels, Side, Side);
        using TensorBuffer<float> masks = TensorBuffer<float>.From(Masks(), Queries, Side, Side);
        return embedder.Embed(features, masks, default);
    }

    private string Write(int channels, bool isResNet, long? heads, Action<NpzWriter> addWeights)
    {
        string path = _folder.Path("meta_case.npz");
        using var file = new NpzWriter(path);
        file.Add(
            "meta",
            new long[] { Queries, channels, Embedding, 12, 12, 12, 12, 12, 12, 1, 0, 10, isResNet ? 1 : 0, Side, 4 },
            15)
            .Add("thresholds", [0.4, 0.8, 0, 0.8, 0.2, 0.5])
            .Add("overlap", new long[] { 1, 0 }, 2)
            .Add("things", new long[] { 0 }, 1);
        if (heads is long number)
            file.Add("pool_heads", new[] { number }, 1);
        addWeights(file);
        return path;
    }

    private static void AddLinear(NpzWriter file, string name, int rows, int columns) => file
        .Add(
            $"w:{name}.weight", Numbers($"{name[(name.LastIndexOf('.') + 1)..]}.weight", rows * columns), rows, columns)
        .Add($"w:{name}.bias", Numbers($"{name[(name.LastIndexOf('.') + 1)..]}.bias", rows), rows);

    // Attention of one query, the mean of all pixels, over the pixels of each mask; the position table is as large as
    // the features.
    private static float[] Pooled(int channels, int heads)
    {
        float[] features = Numbers("features", channels * Side * Side),
            table = Numbers("positional_embedding", (1 + (Side * Side)) * channels);
        double[][] keys = [.. Enumerable.Range(0, Side * Side).Select(cell => Vector(
            channel => features[(channel * Side * Side) + cell] + table[((1 + cell) * channels) + channel]))];
        double[] query = Linear("q_proj", Vector(channel => Enumerable.Range(0, Side * Side).Average(
            cell => (double)features[(channel * Side * Side) + cell]) + table[channel]), channels);
        double[][] asked = [.. keys.Select(key => Linear("k_proj", key, channels))],
            values = [.. keys.Select(key => Linear("v_proj", key, channels))];
        int width = channels / heads;
        return [.. Masks().Chunk(Side * Side).SelectMany(mask =>
        {
            int[] cells = [.. Enumerable.Range(0, mask.Length).Where(cell => mask[cell] > 0)];
            double[] attended = Vector(channel =>
            {
                double[] powers = [.. cells.Select(cell => Math.Exp(Enumerable.Range(
                    channel / width * width, width).Sum(i => query[i] * asked[cell][i]) / Math.Sqrt(width)))];
                return cells.Zip(powers, (cell, power) => values[cell][channel] * power).Sum() / powers.Sum();
            });
            return Linear("c_proj", attended, Embedding).Select(value => (float)value);
        })];

        double[] Vector(Func<int, double> element) => [.. Enumerable.Range(0, channels).Select(element)];
    }

    private static double[] Linear(string name, double[] row, int rows)
    {
        float[] weight = Numbers($"{name}.weight", rows * row.Length), bias = Numbers($"{name}.bias", rows);
        return [.. Enumerable.Range(0, rows).Select(
            i => bias[i] + row.Select((value, j) => weight[(i * row.Length) + j] * value).Sum())];
    }

    // Two masks, one of them nearly everything.
    private static float[] Masks() =>
        [.. Enumerable.Range(0, Queries * Side * Side).Select(i => i is 1 or 4 or 5 or > 9 ? 1f : -1f)];

    private static float[] Numbers(string name, int count) => SyntheticNumbers.Floats($"pool/{name}", count);
}
