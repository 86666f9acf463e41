using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Crf;

namespace FrozenSeg.Testing;

/// <summary>
/// Mean-field inference of a dense CRF with every pair of pixels, in float64: O(N²), for small pictures. What the
/// lattice approximates.
/// </summary>
public static class ExactMeanField
{
    /// <summary>Marginals, labels×H×W.</summary>
    internal static float[] Infer(
        int width, int height, ReadOnlySpan<byte> colours, float[] unary, int labels, DenseCrfOptions options)
    {
        int pixels = width * height;
        float[] smoothness = Kernel(DenseCrfFeatures.Positions(width, height, options), 2);
        float[] appearance = Kernel(DenseCrfFeatures.PositionsAndColours(width, height, colours, options), 5);
        float[] beliefs = Softmax(unary, null, null, labels, options);
        for (int iteration = 0; iteration < options.Iterations; iteration++)
        {
            beliefs = Softmax(
                unary,
                Multiply(smoothness, beliefs, labels, pixels),
                Multiply(appearance, beliefs, labels, pixels),
                labels,
                options);
        }

        return beliefs;
    }

    // n·k·n, N×N.
    private static float[] Kernel(float[] features, int dimensions)
    {
        int pixels = features.Length / dimensions;
        var kernel = new float[pixels * pixels];
        var norms = new double[pixels];
        Parallel.For(0, pixels, i =>
        {
            double sum = 0;
            for (int j = 0; j < pixels; j++)
            {
                double squared = 0;
                for (int k = 0; k < dimensions; k++)
                {
                    double difference = (double)features[(k * pixels) + i] - features[(k * pixels) + j];
                    squared += difference * difference;
                }

                double value = Math.Exp(-0.5 * squared);
                kernel[(i * pixels) + j] = (float)value;
                sum += value;
            }

            norms[i] = 1 / Math.Sqrt(sum + 1e-20);
        });
        Parallel.For(0, pixels, i =>
        {
            for (int j = 0; j < pixels; j++)
                kernel[(i * pixels) + j] *= (float)(norms[i] * norms[j]);
        });
        return kernel;
    }

    private static double[] Multiply(float[] kernel, float[] beliefs, int labels, int pixels)
    {
        var messages = new double[labels * pixels];
        Parallel.For(0, labels * pixels, at =>
        {
            ReadOnlySpan<float> row = kernel.AsSpan(at % pixels * pixels, pixels);
            messages[at] = System.Numerics.Tensors.TensorPrimitives.Dot(
                row, beliefs.AsSpan(at / pixels * pixels, pixels));
        });
        return messages;
    }

    private static float[] Softmax(
        float[] unary, double[]? smoothness, double[]? appearance, int labels, DenseCrfOptions options)
    {
        int pixels = unary.Length / labels;
        var beliefs = new float[unary.Length];
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            double[] powers =
            [
                .. Enumerable.Range(0, labels).Select(label =>
                {
                    int at = (label * pixels) + pixel;
                    double message = smoothness is null
                        ? 0
                        : (options.SmoothnessWeight * smoothness[at]) + (options.AppearanceWeight * appearance![at]);
                    return Math.Exp(message - unary[at]);
                }),
            ];
            double sum = powers.Sum();
            for (int label = 0; label < labels; label++)
                beliefs[(label * pixels) + pixel] = (float)(powers[label] / sum);
        }

        return beliefs;
    }
}
