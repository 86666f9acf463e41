using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

/// <summary>Eight floats in one register.</summary>
/// <param name="floats">The register.</param>
internal readonly struct Lane8(Vector256<float> floats) : ILane<Lane8>
{
    private readonly Vector256<float> _floats = floats;

    public static int Width => Vector256<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Load(ref float start, nuint offset) => new(Vector256.LoadUnsafe(ref start, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane8 Load(float* start) => new(Vector256.Load(start));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 Fill(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float start, nuint offset) => _floats.StoreUnsafe(ref start, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(float* start) => _floats.Store(start);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane8 AddScaled(Lane8 value, float scale) =>
        new(Vector256.MultiplyAddEstimate(value._floats, Vector256.Create(scale), _floats));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane8 AddProduct(Lane8 left, Lane8 right) =>
        new(Vector256.MultiplyAddEstimate(left._floats, right._floats, _floats));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane8 Round() => new(Vector256.Round(_floats));

    // The number becomes the exponent of a float (IEEE 754, single precision).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane8 PowerOfTwo() =>
        new(((Vector256.ConvertToInt32Native(_floats) + Vector256.Create(127)) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane8 Sqrt() => new(Vector256.Sqrt(_floats));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane8 Max(Lane8 other) => new(Vector256.MaxNative(_floats, other._floats));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane8 Min(Lane8 other) => new(Vector256.MinNative(_floats, other._floats));

    public float Largest()
    {
        Vector128<float> quad = Vector128.MaxNative(_floats.GetLower(), _floats.GetUpper());
        Vector128<float> pairs = Vector128.MaxNative(quad, Vector128.Shuffle(quad, Vector128.Create(2, 3, 0, 1)));
        return MathF.Max(pairs[0], pairs[1]);
    }

    public float Sum() => Vector256.Sum(_floats);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator +(Lane8 left, Lane8 right) => new(left._floats + right._floats);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator -(Lane8 left, Lane8 right) => new(left._floats - right._floats);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator *(Lane8 left, Lane8 right) => new(left._floats * right._floats);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane8 operator /(Lane8 left, Lane8 right) => new(left._floats / right._floats);
}
