using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

namespace FrozenSeg.Pipeline.Tests.Foundation.Tensors;

public sealed class GaussianTests
{
    [Fact]
    public unsafe void Gelu_FromMinusTwelveToTwelve_IsXTimesTheNormalDistribution()
    {
        double worst = 0;
        float* result = stackalloc float[Lane8.Width];
        for (double x = -12; x <= 12; x += 1.0 / 256)
        {
            Gaussian.Gelu(Lane8.Fill((float)x)).Store(result);
            worst = Math.Max(worst, Math.Abs(result[0] - (x * Distribution(x))) / Math.Max(1, Math.Abs(x)));
        }

        Assert.InRange(worst, 0, 3e-7);
    }

    // Φ by its power series, which float64 carries as far as it matters.
    private static double Distribution(double x)
    {
        if (Math.Abs(x) > 6)
            return x > 0 ? 1 : 0;
        double term = x, sum = x;
        for (int n = 1; n < 200; n++)
        {
            term *= x * x / ((2 * n) + 1);
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }
}
