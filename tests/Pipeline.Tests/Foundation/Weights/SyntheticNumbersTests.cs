using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Tests.Foundation.Weights;

public sealed class SyntheticNumbersTests
{
    [Fact]
    public void Floats_AreAFunctionOfTheName() => Assert.Equal(
        [-0.44791150093078613f, 0.7609717845916748f, 0.8698133230209351f, -0.3257485628128052f],
        SyntheticNumbers.Floats("test", 4));

    [Fact]
    public void Hash_IsFnv1a() => Assert.Equal(0xf9e6e6ef197c2b25, SyntheticNumbers.Hash("test"));

    [Theory]
    [InlineData("bn.running_var", 0.5, 1.5)]
    [InlineData("bn.running_mean", -0.1, 0.1)]
    [InlineData("norm.weight", 0.9, 1.1)]
    [InlineData("layer.bias", -0.1, 0.1)]
    public void Elements_LieInTheRangeOfTheirKind(string name, double low, double high)
    {
        float[] elements = SyntheticWeights.Elements(name, new TensorShape(1000));

        Assert.InRange(elements.Min(), low, low + ((high - low) / 10));
        Assert.InRange(elements.Max(), high - ((high - low) / 10), high);
    }
}
