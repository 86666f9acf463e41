using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary>
/// What is accepted of the transformer decoder. At true size its hard masks are thresholds over a million pixels, and
/// one pixel that flips moves a query by up to 1e-3 from then on.
/// </summary>
/// <param name="isSmall">Whether it is a small case, where nothing flips.</param>
internal sealed class DecoderTolerance(bool isSmall)
{
    private const int LastExactStep = 3;

    /// <summary>Bits of the attention mask that may differ.</summary>
    public int Bits(int step) => isSmall || step <= LastExactStep ? 2 : 100;

    /// <summary>Accepted of mask logits.</summary>
    public double Masks(int step) => isSmall || step <= LastExactStep ? 5e-4 : 1e-1;

    /// <summary>
    /// Compares rows of a step: each element, or most rows closely and all of them loosely. SAM's pool is a threshold
    /// over a million pixels itself.
    /// </summary>
    public IEnumerable<GoldenCheck> Rows(
        string what, int step, float[] actual, NpyArray expected, int width, double exact)
    {
        bool canFlip = !isSmall && (step > LastExactStep || what.StartsWith("sam_pool", StringComparison.Ordinal));
        if (!canFlip)
        {
            yield return Compare.Absolute(what, actual, expected, isSmall ? exact : 2 * exact);
            yield break;
        }

        yield return Compare.Absolute(what, actual, expected, 2e-2);
        float[] wanted = expected.Floats;
        int rows = wanted.Length / width;
        int far = Enumerable.Range(0, rows).Count(row => Enumerable.Range(row * width, width).Any(
            i => !(Math.Abs(actual[i] - wanted[i]) <= 10 * exact)));
        yield return new GoldenCheck($"{what}: rows beyond {10 * exact:G1}", far, rows / 100.0);
    }
}
