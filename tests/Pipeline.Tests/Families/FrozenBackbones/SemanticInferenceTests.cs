using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Semantic;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Tests.Families.FrozenBackbones;

public sealed class SemanticInferenceTests
{
    private const int Queries = 21, Classes = 300, Pixels = 27;

    [Theory]
    [InlineData(0.02f)] // masks that hardly change within a block
    [InlineData(0.5f)] // masks that change from 0 to 1
    public void Read_ManyClasses_FindsTheFirstLargestScore(float change)
    {
        float[] weights = Powers("weights", Queries * Classes, 6);
        float[] masks = Masks(change);

        using var inference = new SemanticInference(weights, Classes, 1, Pixels);
        Read(inference, masks);

        Assert.Equal(Expected(weights, masks), inference.Map.Labels.Labels.ToArray());
    }

    [Fact]
    public void Read_WeightsBelowNothing_FindsTheLargestScoreToo()
    {
        float[] weights = SyntheticNumbers.Floats("weights", Queries * Classes);
        float[] masks = Masks(0.5f);

        using var inference = new SemanticInference(weights, Classes, 1, Pixels);
        Read(inference, masks);

        Assert.Equal(Expected(weights, masks), inference.Map.Labels.Labels.ToArray());
    }

    private static float[] Powers(string name, int count, float scale) =>
        Array.ConvertAll(SyntheticNumbers.Floats(name, count, scale), MathF.Exp);

    private static float[] Masks(float change)
    {
        float[] centres = SyntheticNumbers.Floats("centres", Queries, 0.5f, 0.5f),
            moves = SyntheticNumbers.Floats("moves", Queries * Pixels, change);
        return [.. moves.Select((move, i) => Math.Clamp(centres[i % Queries] + move, 0, 1))];
    }

    private static unsafe void Read(SemanticInference inference, float[] masks)
    {
        using IPixelReader reader = inference.CreateReader();
        fixed (float* probabilities = masks)
            reader.Read(new PixelBlock(0, 0, Pixels, Queries, 0, (nint)probabilities));
    }

    private static int[] Expected(float[] weights, float[] masks) =>
    [
        .. Enumerable.Range(0, Pixels)
            .Select(pixel => Enumerable.Range(0, Classes).MaxBy(label => Enumerable.Range(0, Queries)
                .Sum(query => (double)masks[(pixel * Queries) + query] * weights[(query * Classes) + label]))),
    ];
}
