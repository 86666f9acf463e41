using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Families.Sam3.Networks;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Sam3;

/// <summary>What is easy to get wrong about words and exemplars (sam3.md 2).</summary>
public sealed class PromptTests
{
    private static readonly Sam3Configuration Model = TinySam3.Configuration;

    [Fact]
    public void Prompt_WithoutExemplars_StillHoldsTheTokenThatLooksAtThePicture()
    {
        using var folder = new TemporaryFolder();
        using WeightFile weights = WeightFile.Open(TinySam3.Write(folder.Root));
        using var vision = new Sam3Vision(Model, weights, TinySam.Sessions);
        using var model = new Sam3Model(Model, weights, TinySam.Sessions);
        using TensorBuffer<float> tokens = vision.Encode(new PixelImage(9, 7), default);
        using Sam3Picture picture = model.Prepare(tokens, default);

        Assert.Equal(picture.Cls.Span.ToArray(), model.EncodeExemplars(picture, [], default));
        Assert.Equal(
            2 * Model.Width, model.EncodeExemplars(picture, [new(0.5f, 0.5f, 0.2f, 0.2f, true)], default).Length);
    }

    [Fact]
    public void Text_LosesTheRowOfAnInnerZero()
    {
        using var folder = new TemporaryFolder();
        using WeightFile weights = WeightFile.Open(TinySam3.Write(folder.Root));
        using var model = new Sam3Model(Model, weights, TinySam.Sessions);

        float[] whole = model.EncodeText([512, 7, 5, 513], default),
            holed = model.EncodeText([512, 0, 5, 513], default);

        Assert.Equal(4 * Model.Width, whole.Length);
        Assert.Equal(3 * Model.Width, holed.Length);
        TensorAssert.Close(whole.AsSpan(0, Model.Width), holed.AsSpan(0, Model.Width), 1e-6);
    }

    [Fact]
    public void Exemplar_IsCodedYThenX_WithHeightAndWidthAsTheyAre()
    {
        int width = Model.Width, inputs = width + 2;
        int[] picked = [0, width / 2, width, width + 1];
        Sam3Exemplar box = new(0.25f, 0.1f, 0.3f, 0.2f, true);
        (TensorBuffer<float> rows, TensorBuffer<float> columns) = BoxPooling.Matrices(
            [box], Model.Grid, Model.PoolSize);
        using (rows)
        using (columns)
        {
            float[] token = Part.Run(
                (scope, given) => new GeometryEncoder(Model).Boxes(
                    scope, given[0], given[1], scope.Graph.Integers(1), given[2], given[3]),
                Part.Zeros(("boxes_pos_enc_project.weight", PickCodes)),
                (new float[width * 64], [width, 8, 8]),
                ([0.25f, 0.1f, 0.3f, 0.2f], [1, 4]),
                (rows.Span.ToArray(), [1, 1, 7, 8]),
                (columns.Span.ToArray(), [1, 1, 8, 7]));

            TensorAssert.Close([MathF.Sin(MathF.Tau * 0.1f), 1, 0.2f, 0.3f], token.AsSpan(0, 4), 1e-5);
        }

        void PickCodes(float[] weight)
        {
            for (int row = 0; row < picked.Length; row++)
                weight[(row * inputs) + picked[row]] = 1;
        }
    }

    [Fact]
    public void BoxPooling_StandsOnCornersNotOnCentres()
    {
        float[] weights = BoxPooling.Weights(start: 2, end: 9, cells: 12, bins: 7);

        // A sample at 2.5: half of row 2, half of row 3. With the half-pixel shift it would be row 2 alone.
        Assert.Equal([0, 0, 0.5f, 0.5f, 0, 0, 0, 0, 0, 0, 0, 0], weights[..12]);
    }

    [Fact]
    public void BoxPooling_TakesMoreSamplesOfALargerBox()
    {
        float[] weights = BoxPooling.Weights(start: 0, end: 14, cells: 16, bins: 7);

        TensorAssert.Close([0.25f, 0.5f, 0.25f], weights.AsSpan(0, 3), 1e-6);
    }

    [Fact]
    public void Cls_ComesAfterTheExemplars()
    {
        int width = Model.Width;
        float[] exemplars = [.. Enumerable.Range(0, 2 * width).Select(i => MathF.Cos(i))];

        float[] alone = Part.Run(
            (scope, _) => new GeometryEncoder(Model).Tokens(scope), SyntheticWeights.Elements);
        float[] all = Part.Run(
            (scope, inputs) => new GeometryEncoder(Model)
                .Tokens(scope, inputs[0]), SyntheticWeights.Elements, (exemplars, [2, width]));

        Assert.Equal(3 * width, all.Length);
        TensorAssert.Close(alone, all.AsSpan(2 * width), 1e-5);
    }
}
