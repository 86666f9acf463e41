using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Crf;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Tensors;

public sealed class DenseCrfTests
{
    private const int Width = 20, Height = 15, Labels = 3;

    private static readonly byte[] Colours = TestPicture.Make(Height, Width).Pixels.ToArray();
    private static readonly float[] Unary = SyntheticNumbers.Floats("unary", Labels * Width * Height, 0.3f, 1);

    [Fact]
    public void Infer_TinyPicture_IsCloseToExactMeanField()
    {
        // Wide kernels, weak weights: where every pixel matters and nothing is saturated.
        var options = new DenseCrfOptions
        {
            Iterations = 3,
            AppearanceColourDeviation = 40,
            AppearancePositionDeviation = 10,
            AppearanceWeight = 1,
            SmoothnessWeight = 0.5f,
        };

        float[] exact = ExactMeanField.Infer(Width, Height, Colours, Unary, Labels, options);
        float[] lattice = new DenseCrf(Width, Height, Colours, options).Infer(Unary, Labels);

        // The lattice's kernel is only near a Gaussian.
        TensorAssert.Close(exact, lattice, 0.03);
    }

    [Fact]
    public void Infer_NoIterations_IsTheSoftmaxOfTheUnary()
    {
        float[] beliefs = new DenseCrf(Width, Height, Colours, new DenseCrfOptions { Iterations = 0 })
            .Infer(Unary, Labels);

        int area = Width * Height;
        for (int pixel = 0; pixel < area; pixel++)
        {
            float sum = Enumerable.Range(0, Labels).Sum(label => MathF.Exp(-Unary[(label * area) + pixel]));
            Assert.Equal(MathF.Exp(-Unary[area + pixel]) / sum, beliefs[area + pixel], 1e-5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void Infer_EveryNumberOfLabels_SumsToOne(int labels)
    {
        float[] unary = SyntheticNumbers.Floats("many", labels * Width * Height, 1, 2);

        float[] beliefs = new DenseCrf(Width, Height, Colours).Infer(unary, labels);

        for (int pixel = 0; pixel < Width * Height; pixel++)
            Assert.Equal(1, Enumerable.Range(0, labels).Sum(label => beliefs[(label * Width * Height) + pixel]), 1e-5);
    }

    [Fact]
    public void Infer_MoreThreads_GiveTheSameNumbers()
    {
        float[] one = new DenseCrf(Width, Height, Colours, new DenseCrfOptions { Threads = 1 }).Infer(Unary, Labels);
        float[] three = new DenseCrf(Width, Height, Colours, new DenseCrfOptions { Threads = 3 }).Infer(Unary, Labels);

        Assert.Equal(one, three);
    }

    [Fact]
    public void InferForeground_SeveralProblems_AreEachTheTwoLabelAnswer()
    {
        const int Problems = 5;
        int area = Width * Height;
        var crf = new DenseCrf(Width, Height, Colours);
        float[] logits = SyntheticNumbers.Floats("logits", Problems * area, 1.5f);

        float[] foreground = crf.InferForeground(logits, Problems);

        for (int problem = 0; problem < Problems; problem++)
        {
            var unary = new float[2 * area];
            logits.AsSpan(problem * area, area).CopyTo(unary);
            float[] both = crf.Infer(unary, 2);
            TensorAssert.Close(both.AsSpan(area), foreground.AsSpan(problem * area, area), 1e-4);
        }
    }

    [Fact]
    public void Infer_OnePixel_KeepsItsUnary()
    {
        float[] beliefs = new DenseCrf(
            1, 1, [7, 7, 7], new DenseCrfOptions { SmoothnessWeight = 0, AppearanceWeight = 0 })
            .Infer([0, MathF.Log(3)], 2);

        TensorAssert.Close([0.75f, 0.25f], beliefs, 1e-6);
    }

    [Fact]
    public void Infer_PlanesOfAnotherSize_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new DenseCrf(Width, Height, Colours).Infer(new float[Width], 1));

    [Fact]
    public void Infer_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(
        () => new DenseCrf(Width, Height, Colours).Infer(Unary, Labels, new CancellationToken(canceled: true)));
}
