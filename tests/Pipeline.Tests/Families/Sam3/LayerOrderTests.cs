using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Families.Sam3.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Sam3;

/// <summary>
/// Where norms stand in layers that norm before they look (sam3.md 2.2, 3.1), and what masks are made of (sam3.md 4).
/// </summary>
public sealed class LayerOrderTests
{
    private const int Rows = 3;

    private static readonly Sam3Configuration Model = TinySam3.Configuration;
    private static readonly int Cells = Model.Grid * Model.Grid;
    private static readonly string[] Norms = ["norm1", "norm2", "norm3"];
    private static readonly string[] Ends =
        ["self_attn.out_proj.weight", "cross_attn_image.out_proj.weight", "linear2.weight"];

    // Of the three parts of a layer one is heard at a time: it must change with its own norm and with no other.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Layer_NormsEachPartBeforeIt_InTheOrderOfTheirNumbers(bool isGeometry)
    {
        for (int heard = 0; heard < Ends.Length; heard++)
        {
            float[] before = Layer(isGeometry, heard, shifted: null);
            for (int norm = 0; norm < Norms.Length; norm++)
            {
                float[] after = Layer(isGeometry, heard, Norms[norm]);
                bool isChanged = before.Zip(after, (a, b) => MathF.Abs(a - b)).Max() > 1e-4f;
                Assert.True(isChanged == (norm == heard), $"{Norms[norm]} before {Ends[heard]}: {isChanged}");
            }
        }
    }

    [Fact]
    public void Fusion_HasNoNormAtItsEnd()
    {
        float[] cells = Numbers(Cells * Model.Width);

        float[] fused = Part.Run(
            (scope, inputs) => new FusionEncoder(Model).Apply(scope, inputs[0], inputs[1], inputs[0]),
            Part.Zeros(),
            (cells, [Cells, Model.Width]),
            (Numbers(Rows * Model.Width), [Rows, Model.Width]));

        Assert.Equal(cells, fused);
    }

    [Fact]
    public void Geometry_HasOneNormAtItsEnd()
    {
        float[] tokens = Part.Run(
            (scope, inputs) => new GeometryEncoder(Model).Encode(scope, inputs[0], inputs[1], inputs[1]),
            Part.Zeros(("encode_norm.bias", bias => Array.Fill(bias, 7))),
            (Numbers(Rows * Model.Width), [Rows, Model.Width]),
            (Numbers(Cells * Model.Width), [Cells, Model.Width]));

        Assert.All(tokens, token => Assert.Equal(7, token));
    }

    [Fact]
    public void Masks_AreMadeOfTheFusedMap_AfterOneMoreLookAtThePrompt()
    {
        using var folder = new TemporaryFolder();
        using WeightFile weights = WeightFile.Open(TinySam3.Write(folder.Root));
        using var model = new Sam3Model(Model, weights, TinySam.Sessions);
        using var picture = new Sam3Picture(
            Map(4 * Model.Grid), Map(2 * Model.Grid), Rectangle(Cells, 1), Rectangle(Cells, 1), Rectangle(1, 1));
        float[] first = Semantic(1, 1);

        Assert.NotEqual(first, Semantic(cells: 2, prompt: 1));
        Assert.NotEqual(first, Semantic(cells: 1, prompt: 2));

        float[] Semantic(int cells, int prompt)
        {
            using var found = new Sam3Detection(
                Rectangle(Cells, cells),
                Rectangle(Rows, prompt),
                Rectangle(Model.Queries, 1),
                Rectangle(Model.Queries, 1),
                new float[Model.Queries],
                0);
            using Sam3Masks masks = model.Decode(picture, found, [], default);
            return masks.Semantic.Span.ToArray();
        }
    }

    private static float[] Layer(bool isGeometry, int heard, string? shifted) => Part.Run(
        (scope, inputs) => isGeometry
            ? new GeometryEncoder(Model).Layer(scope, inputs[1], inputs[0], inputs[0], 0)
            : Fuse(scope, inputs),
        (name, shape) => Elements(name, shape, heard, shifted),
        (Numbers(Cells * Model.Width), [Cells, Model.Width]),
        (Numbers(Rows * Model.Width), [Rows, Model.Width]));

    private static GraphValue Fuse(GraphScope scope, GraphValue[] inputs)
    {
        var encoder = new FusionEncoder(Model);
        return encoder.Fuse(scope, encoder.Look(scope, inputs[0], inputs[0], 0), inputs[1], 0);
    }

    private static float[] Elements(string name, TensorShape shape, int heard, string? shifted)
    {
        float[] elements = SyntheticWeights.Elements(name, shape);
        int end = Array.FindIndex(Ends, known => name.EndsWith(known, StringComparison.Ordinal));
        if (end >= 0 && end != heard)
            Array.Clear(elements);
        if (shifted is not null && name.EndsWith($"{shifted}.bias", StringComparison.Ordinal))
        {
            for (int i = 0; i < elements.Length; i++)
                elements[i] += 3 * MathF.Sin(i);
        }

        return elements;
    }

    private static TensorBuffer<float> Map(int side) =>
        TensorBuffer<float>.From(Numbers(Model.Width * side * side), 1, Model.Width, side, side);

    private static TensorBuffer<float> Rectangle(int rows, int seed) => TensorBuffer<float>.From(
        [.. Enumerable.Range(0, rows * Model.Width).Select(i => MathF.Sin(i * seed))], rows, Model.Width);

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i))];
}
