using System.Runtime.CompilerServices;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

/// <summary>The exact GELU, <c>x·Φ(x)</c> with the normal distribution Φ, in a register and without a call.</summary>
internal static class Gaussian
{
    // Beyond this Φ is 0 or 1 as far as float32 can tell.
    private const float Reach = 5.4f;

    /// <summary>
    /// GELU to about 1e-7 of its argument: <c>Φ(x) − ½ = x·P(x²)/Q(x²)</c> with P and Q of degree five, fitted to the
    /// smallest largest error of GELU in −5.4..5.4.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLane Gelu<TLane>(TLane x)
        where TLane : struct, ILane<TLane>
    {
        TLane near = x.Max(TLane.Fill(-Reach)).Min(TLane.Fill(Reach)), square = near * near;
        TLane above = TLane.Fill(6.49038708e-6f).AddProduct(TLane.Fill(2.27767429e-8f), square);
        TLane below = TLane.Fill(7.65105865e-5f).AddProduct(TLane.Fill(1.2086565e-6f), square);
        above = TLane.Fill(1.76267369e-4f).AddProduct(above, square);
        below = TLane.Fill(1.92549844e-3f).AddProduct(below, square);
        above = TLane.Fill(4.7224073e-3f).AddProduct(above, square);
        below = TLane.Fill(2.90279701e-2f).AddProduct(below, square);
        above = TLane.Fill(3.44922011e-2f).AddProduct(above, square);
        below = TLane.Fill(0.25312341f).AddProduct(below, square);
        above = TLane.Fill(0.398942055f).AddProduct(above, square);
        below = TLane.Fill(1).AddProduct(below, square);
        return x * TLane.Fill(0.5f).AddProduct(near, above / below);
    }
}
