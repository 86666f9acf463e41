using System.Runtime.CompilerServices;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

/// <summary>e to the power of floats, in a register and without a call.</summary>
/// <remarks>
/// The runtime's own works in float64 and is too long to be inlined: it was a third of an attention and a half of a
/// softmax.
/// </remarks>
internal static class Exponential
{
    // Beyond these e to the power is 0, or close to the largest float.
    private const float Least = -88, Most = 88;

    /// <summary>
    /// e^x to about two units in the last place: x = n·ln 2 + r, |r| ≤ ½ ln 2, with ln 2 in two parts and e^r by the
    /// polynomial of Cephes (Moshier 1992, expf).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Of<TLane>(TLane x)
        where TLane : struct, ILane<TLane>
    {
        x = x.Max(TLane.Fill(Least)).Min(TLane.Fill(Most));
        TLane n = (x * TLane.Fill(1.44269504f)).Round();
        TLane r = x.AddScaled(n, -0.693359375f).AddScaled(n, 2.12194440e-4f);
        TLane sum = TLane.Fill(1.3981999507e-3f).AddProduct(TLane.Fill(1.9875691500e-4f), r);
        sum = TLane.Fill(8.3334519073e-3f).AddProduct(sum, r);
        sum = TLane.Fill(4.1665795894e-2f).AddProduct(sum, r);
        sum = TLane.Fill(1.6666665459e-1f).AddProduct(sum, r);
        sum = TLane.Fill(5.0000001201e-1f).AddProduct(sum, r);
        return (r + TLane.Fill(1)).AddProduct(sum, r * r) * n.PowerOfTwo();
    }

    /// <summary>The sigmoid 1/(1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Sigmoid<TLane>(TLane x)
        where TLane : struct, ILane<TLane>
    {
        var one = TLane.Fill(1);
        return one / (one + Of(default(TLane) - x));
    }
}
