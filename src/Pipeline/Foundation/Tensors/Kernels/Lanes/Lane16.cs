using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

/// <summary>Sixteen floats in one register.</summary>
/// <param name="floats">The register.</param>
internal readonly struct Lane16(Vector512<float> floats) : ILane<Lane16>
{
    private readonly Vector512<float> _floats = floats;

    public static int Width => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Load(ref float start, nuint offset) => new(Vector512.LoadUnsafe(ref start, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane16 Load(float* start) => new(Vector512.Load(start));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 Fill(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float start, nuint offset) => _floats.StoreUnsafe(ref start, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(float* start) => _floats.Store(start);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane16 AddScaled(Lane16 value, float scale) =>
        new(Vector512.MultiplyAddEstimate(value._floats, Vector512.Create(scale), _floats));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane16 AddProduct(Lane16 left, Lane16 right) =>
        new(Vector512.MultiplyAddEstimate(left._floats, right._floats, _floats));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane16 Round() => new(Vector512.Round(_floats));

    // The number becomes the exponent of a float (IEEE 754, single precision).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane16 PowerOfTwo() =>
        new(((Vector512.ConvertToInt32Native(_floats) + Vector512.Create(127)) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane16 Sqrt() => new(Vector512.Sqrt(_floats));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane16 Max(Lane16 other) => new(Vector512.MaxNative(_floats, other._floats));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane16 Min(Lane16 other) => new(Vector512.MinNative(_floats, other._floats));

    public float Largest() =>
        new Lane8(Vector256.MaxNative(_floats.GetLower(), _floats.GetUpper())).Largest();

    public float Sum() => Vector512.Sum(_floats);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator +(Lane16 left, Lane16 right) => new(left._floats + right._floats);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator -(Lane16 left, Lane16 right) => new(left._floats - right._floats);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator *(Lane16 left, Lane16 right) => new(left._floats * right._floats);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane16 operator /(Lane16 left, Lane16 right) => new(left._floats / right._floats);
}
