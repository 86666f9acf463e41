using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FrozenSeg.Pipeline.FrozenSeg.Inference;

/// <summary>1/(1 + e⁻ˣ) of sixteen floats, within 2e-7 relative.</summary>
internal static class VectorSigmoid
{
    // Beyond it e⁻ˣ leaves the range of float32.
    private const float Limit = 87;

    // e^r for |r| ≤ ln 2 / 2 (Cephes' polynomial).
    private const float P5 = 1.9875691500e-4f, P4 = 1.3981999507e-3f, P3 = 8.3334519073e-3f, P2 = 4.1665795894e-2f,
        P1 = 1.6666665459e-1f, P0 = 5.0000001201e-1f;

    private const float Log2E = 1.44269504f, Ln2High = 0.693359375f, Ln2Low = -2.12194440e-4f;
    private const int Mantissa = 23, Bias = 127;

    /// <summary>The sigmoid of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x)
    {
        Vector512<float> power = Exp(Vector512.Max(Vector512.Min(-x, Vector512.Create(Limit)), Vector512.Create(-Limit)));
        return Vector512<float>.One / (Vector512<float>.One + power);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Exp(Vector512<float> x)
    {
        Vector512<float> whole = Vector512.Floor(Vector512.FusedMultiplyAdd(x, Vector512.Create(Log2E), Vector512.Create(0.5f)));
        Vector512<float> r = Vector512.FusedMultiplyAdd(whole, Vector512.Create(-Ln2High), x);
        r = Vector512.FusedMultiplyAdd(whole, Vector512.Create(-Ln2Low), r);
        Vector512<float> sum = Vector512.FusedMultiplyAdd(Vector512.Create(P5), r, Vector512.Create(P4));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(P3));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(P2));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(P1));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(P0));
        sum = Vector512.FusedMultiplyAdd(sum, r * r, r + Vector512<float>.One);
        Vector512<int> exponent = (Vector512.ConvertToInt32(whole) + Vector512.Create(Bias)) << Mantissa;
        return sum * exponent.AsSingle();
    }
}
