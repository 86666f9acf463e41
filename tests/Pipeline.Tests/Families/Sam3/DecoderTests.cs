using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Families.Sam3.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Sam3;

/// <summary>What is easy to get wrong about finding (sam3.md 3) and choosing (sam3.md 5).</summary>
public sealed class DecoderTests
{
    private static readonly Sam3Configuration Model = TinySam3.Configuration;
    private static readonly string[] NormOrder = ["norm2", "catext_norm", "norm1", "norm3"];

    [Fact]
    public void Code_OfAQuerysBox_IsYXWidthHeight()
    {
        float[] code = Part.Run(
            (_, inputs) => new DetectionDecoder(Model)
                .Code(inputs[0]), Part.Zeros(), ([0.1f, 0.2f, 0.3f, 0.4f], [1, 4]));

        float[] firsts = [code[0], code[Model.Width / 2], code[Model.Width], code[3 * Model.Width / 2]];
        TensorAssert.Close(
            [.. new[] { 0.2f, 0.1f, 0.3f, 0.4f }.Select(part => MathF.Sin(MathF.Tau * part))], firsts, 1e-5);
    }

    [Fact]
    public void Logit_EndsAtAThousandth()
    {
        float[] logits = Part.Run(
            (_, inputs) => DetectionDecoder.Logit(inputs[0]), Part.Zeros(), ([0, 0.0005f, 0.5f, 1], [4]));

        TensorAssert.Close([MathF.Log(0.001f), MathF.Log(0.001f / 0.9995f), 0, MathF.Log(1000)], logits, 1e-4);
    }

    [Fact]
    public void Presence_IsNotLimited()
    {
        float[] presence = Part.Run(
            (scope, inputs) => new DetectionDecoder(Model)
                .Presence(scope, new DecoderState(inputs[0], null, inputs[0])),
            Part.Zeros(("presence_token_head.layers.2.bias", bias => bias[0] = 99)),
            (new float[7 * Model.Width], [7, Model.Width]));

        Assert.Equal([99], presence);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(-100)]
    public void ClassScores_EndAtTwelve(float bias)
    {
        float[] scores = Part.Run(
            (scope, inputs) => new DetectionDecoder(Model).Scores(scope, inputs[0], inputs[1]),
            Part.Zeros(
                ("hs_proj.bias", all => Array.Fill(all, bias)), ("prompt_proj.bias", all => Array.Fill(all, 100))),
            (new float[6 * Model.Width], [6, Model.Width]),
            (new float[2 * Model.Width], [2, Model.Width]));

        Assert.All(scores, score => Assert.Equal(MathF.Sign(bias) * 12, score));
    }

    [Fact]
    public void BoxBias_MeasuresFromCorners_AndSparesThePresenceToken()
    {
        int grid = Model.Grid, cells = grid * grid;
        float[] boxes = [.. Enumerable.Repeat(new[] { 0.5f, 0.5f, 0.5f, 0.5f }, Model.Queries).SelectMany(box => box)];

        // The perceptron is made to hand the distance from the left edge through.
        float[] bias = Part.Run(
            (scope, inputs) => new BoxBias(Model).Apply(scope, inputs[0]),
            Part.Zeros(
                ("boxRPB_embed_x.layers.0.weight", weight => (weight[0], weight[2]) = (1, -1)),
                ("boxRPB_embed_x.layers.1.weight", weight => (weight[0], weight[1]) = (1, -1))),
            (boxes, [Model.Queries, 4]));

        Assert.All(bias[..cells], value => Assert.Equal(0, value));
        float[] expected = [.. Enumerable.Range(0, grid).Select(column =>
        {
            float distance = 8 * (((float)column / grid) - 0.25f);
            return MathF.Sign(distance) * MathF.Log2(MathF.Abs(distance) + 1) / 3;
        })];
        TensorAssert.Close(expected, bias.AsSpan(cells, grid), 1e-5);
        TensorAssert.Close(expected, bias.AsSpan(2 * cells - grid, grid), 1e-5);
    }

    // A norm whose scale is 0 hides all that came before it and nothing that comes after.
    [Fact]
    public void DecoderLayer_NormsInItsOwnOrder()
    {
        for (int hiding = 0; hiding < NormOrder.Length; hiding++)
        {
            float[] before = Layer(NormOrder[hiding], null);
            for (int shifted = 0; shifted < NormOrder.Length; shifted++)
            {
                float[] after = Layer(NormOrder[hiding], NormOrder[shifted]);
                bool isSame = before.Zip(after, (a, b) => MathF.Abs(a - b)).Max() < 1e-5f;
                Assert.True(isSame == shifted < hiding, $"{NormOrder[hiding]} hides {NormOrder[shifted]}: {isSame}");
            }
        }
    }

    [Fact]
    public void DoubledConvolution_EqualsTheConvolutionOfTheDoubledMap()
    {
        const int Side = 5, Channels = 3;
        float[] map = Numbers(Channels * Side * Side);
        Func<string, TensorShape, float[]> weights = (name, shape) => Numbers((int)shape.ElementCount);

        float[] small = Part.Run(
            (scope, inputs) => DoubledConvolution.Apply(inputs[0], scope.Weight("weight", 4, Channels, 3, 3), Side),
            weights,
            (map, [1, Channels, Side, Side]));
        float[] large = Part.Run(
            (scope, inputs) => inputs[0].Conv(scope.Weight("weight", 4, Channels, 3, 3), padding: 1),
            weights,
            (Doubled(map, Channels, Side), [1, Channels, 2 * Side, 2 * Side]));

        TensorAssert.Close(large, small, 1e-5);
    }

    [Theory]
    [InlineData(0.97f, 2)]
    [InlineData(1f, 0)]
    public void OneMask_IsTheFirst_UnlessItIsUnstable(float steady, int expected)
    {
        const int Area = 100;
        var masks = new float[4 * Area];
        Array.Fill(masks, 1, 0, (int)(Area * steady));
        var answer = new InteractiveAnswer([0.1f, 0.2f, 0.9f, 0.3f], [1], masks, []);

        Assert.Equal(expected, InteractiveChoice.Of(answer, multimask: false, float.NegativeInfinity, Area)[0].Mask);
        Assert.Equal(3, InteractiveChoice.Of(answer, multimask: true, float.NegativeInfinity, Area).Count);
    }

    [Theory]
    [InlineData(true, 0.8807971f)]
    [InlineData(false, 2)]
    public void PredictedIoU_GoesThroughASigmoidInSam3Alone(bool hasSigmoid, float expected)
    {
        float[] predicted = Part.Run(
            (scope, inputs) =>
                new InteractiveDecoder(Model with { HasSigmoidIoU = hasSigmoid }).PredictIoU(scope, inputs[0]),
            Part.Zeros(("iou_prediction_head.layers.2.bias", bias => Array.Fill(bias, 2))),
            (new float[7 * Model.Width], [1, 7, Model.Width]));

        TensorAssert.Close([expected, expected, expected, expected], predicted, 1e-6);
    }

    [Fact]
    public void Holes_AreFilledUpToTheirArea_AcrossCorners()
    {
        const int Side = 8;
        float[] logits = [.. Enumerable.Repeat(1f, Side * Side)];
        // Two pixels that touch at a corner are one hole.
        foreach (int at in new[] { 9, 18, 30, 31, 38 })
            logits[at] = -1;

        MaskHoles.Fill(logits, Side, area: 2);

        Assert.Equal((10, 10, -1, -1), (logits[9], logits[18], logits[30], logits[38]));
    }

    private static float[] Layer(string hiding, string? shifted) => Part.Run(
        (scope, inputs) => new DetectionDecoder(Model).Layer(
            scope, new DecoderState(inputs[0], null, inputs[1]), inputs[2], inputs[2], inputs[3], 0).Tokens,
        (name, shape) => Elements(name, shape, hiding, shifted),
        (Numbers((Model.Queries + 1) * Model.Width), [Model.Queries + 1, Model.Width]),
        (Numbers(4 * Model.Queries), [Model.Queries, 4]),
        (Numbers(64 * Model.Width), [64, Model.Width]),
        (Numbers(2 * Model.Width), [2, Model.Width]));

    private static float[] Elements(string name, TensorShape shape, string hiding, string? shifted)
    {
        var elements = new float[shape.ElementCount];
        string? norm = NormOrder.FirstOrDefault(known => name.Contains($".{known}.", StringComparison.Ordinal));
        if (norm is null)
            return elements;
        for (int i = 0; i < elements.Length; i++)
            elements[i] = name.EndsWith("weight", StringComparison.Ordinal)
                ? 1
                : MathF.Sin((i * 7) + norm.Length + (norm == shifted ? 5 : 0));
        if (norm == hiding && name.EndsWith("weight", StringComparison.Ordinal))
            Array.Clear(elements);
        return elements;
    }

    private static float[] Doubled(float[] map, int channels, int side) =>
    [
        .. Enumerable.Range(0, 4 * channels * side * side).Select(i =>
        {
            (int row, int x) = Math.DivRem(i, 2 * side);
            (int channel, int y) = Math.DivRem(row, 2 * side);
            return map[(((channel * side) + (y / 2)) * side) + (x / 2)];
        }),
    ];

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Abs(MathF.Sin(i)))];
}
