using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Families.Sam3.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Sam3;

/// <summary>What is easy to get wrong before the prompt (sam3.md 1).</summary>
public sealed class VisionTests
{
    private static readonly Sam3Configuration Model = TinySam3.Configuration;

    [Theory]
    [InlineData(4, 1)]
    [InlineData(8, 0.5)]
    public void RotaryPositions_TurnNeighbours_FirstByColumnThenByRow(int side, double scale)
    {
        const int Width = 16, Heads = 2;
        var rotary = new RotaryPositions(side, 4, Heads, Width);
        float[] x = [.. Enumerable.Range(0, side * side * Heads * Width).Select(i => MathF.Sin(i))];
        long[] order = rotary.Order();

        float[] turned = Part.Run(
            (scope, inputs) => rotary.Turn(inputs[0].Gather(scope.Graph.Integers(order), 2)),
            Part.Zeros(),
            (x, [1, side * side, Heads * Width]));

        for (int i = 0; i < x.Length; i++)
        {
            int token = i / (Heads * Width), published = (int)order[i % (Heads * Width)], at = token * Heads * Width;
            int element = published % Width, pair = element / 2;
            double angle = (pair < 4 ? token % side : token / side) * scale * Math.Pow(
                10000, -4.0 * (pair % 4) / Width);
            (double even, double odd) = (x[at + published - (element % 2)], x[at + published - (element % 2) + 1]);
            double expected = element % 2 == 0
                ? (even * Math.Cos(angle)) - (odd * Math.Sin(angle))
                : (even * Math.Sin(angle)) + (odd * Math.Cos(angle));
            Assert.Equal(expected, turned[i], 1e-5);
        }
    }

    [Fact]
    public void Positions_BeyondTheTrainedTable_Repeat()
    {
        float[] tokens = Part.Run(
            (scope, inputs) => new Sam3VisionEncoder(Model).Embed(scope, inputs[0]),
            Pipeline.Foundation.Weights.SyntheticWeights.Elements,
            (new float[3 * 32 * 32], [1, 3, 32, 32]));

        Assert.Equal(Row(1, 2), Row(5, 2));
        Assert.Equal(Row(1, 2), Row(1, 6));
        Assert.NotEqual(Row(1, 2), Row(2, 2));

        float[] Row(int y, int x) =>
            tokens[(((y * 8) + x) * Model.VisionWidth)..(((y * 8) + x + 1) * Model.VisionWidth)];
    }

    [Fact]
    public void VisionBlock_HasTheExactGelu()
    {
        float[] tokens = Part.Run(
            (scope, inputs) => new Sam3VisionEncoder(Model).Block(scope, inputs[0], 0),
            Part.Zeros(("fc1.bias", bias => Array.Fill(bias, 1)), ("fc2.weight", weight => weight[0] = 1)),
            (new float[64 * Model.VisionWidth], [64, Model.VisionWidth]));

        // The tanh form is 0.84119.
        Assert.Equal(0.8413447, tokens[0], 2e-5);
    }

    [Fact]
    public void TextBlock_HasTheExactGelu()
    {
        float[] tokens = Part.Run(
            (scope, inputs) => new Sam3TextEncoder(Model).Block(scope, inputs[0], 0),
            Part.Zeros(("c_fc.bias", bias => Array.Fill(bias, 1)), ("c_proj.weight", weight => weight[0] = 1)),
            (new float[3 * Model.TextWidth], [1, 3, Model.TextWidth]));

        // CLIP's own form is 0.84580.
        Assert.Equal(0.8413447, tokens[0], 2e-5);
    }

    [Fact]
    public void Input_OfAnOblongPicture_FillsTheSquare()
    {
        var image = new PixelImage(40, 10);
        image.Pixels.Fill(255);

        using TensorBuffer<float> input = Sam3Vision.Input(image, 32);

        Assert.All(input.Span.ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Logits_OfAMask_ComeBackToThePictureInOneStep()
    {
        float[] mask = [.. Enumerable.Range(0, 16).Select(i => i % 4 < 2 ? -1f : 1f)];

        float[] logits = Sam3Answers.Logits(mask, 0, side: 4, height: 2, width: 8);

        // Half-pixel centres: column 3.5 of 8 lies between columns 1 and 2 of 4.
        TensorAssert.Close([-1, -1, -1, -0.5f, 0.5f, 1, 1, 1], logits.AsSpan(0, 8), 1e-6);
    }

    [Fact]
    public void Requirements_LeaveOutWhatThePublishedFileHoldsInVain()
    {
        string[] names = [.. Sam3Graphs.Requirements(Model).Keys, .. InteractiveGraphs.Requirements(Model).Keys];

        Assert.DoesNotContain(names, name => name.Contains("conv_layers.2", StringComparison.Ordinal)
            || name.Contains("convs.3", StringComparison.Ordinal)
            || name.Contains("text_projection", StringComparison.Ordinal)
            || name.Contains("freqs_cis", StringComparison.Ordinal)
            || name.Contains("patch_embed.proj.bias", StringComparison.Ordinal));
    }
}
