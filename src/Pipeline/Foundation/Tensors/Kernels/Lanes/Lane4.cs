using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Lanes;

/// <summary>Four floats in one register.</summary>
/// <param name="floats">The register.</param>
internal readonly struct Lane4(Vector128<float> floats) : ILane<Lane4>
{
    private readonly Vector128<float> _floats = floats;

    public static int Width => Vector128<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Load(ref float start, nuint offset) => new(Vector128.LoadUnsafe(ref start, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane4 Load(float* start) => new(Vector128.Load(start));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 Fill(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float start, nuint offset) => _floats.StoreUnsafe(ref start, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(float* start) => _floats.Store(start);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane4 AddScaled(Lane4 value, float scale) =>
        new(Vector128.MultiplyAddEstimate(value._floats, Vector128.Create(scale), _floats));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane4 AddProduct(Lane4 left, Lane4 right) =>
        new(Vector128.MultiplyAddEstimate(left._floats, right._floats, _floats));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane4 Round() => new(Vector128.Round(_floats));

    // The number becomes the exponent of a float (IEEE 754, single precision).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane4 PowerOfTwo() =>
        new(((Vector128.ConvertToInt32Native(_floats) + Vector128.Create(127)) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane4 Sqrt() => new(Vector128.Sqrt(_floats));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane4 Max(Lane4 other) => new(Vector128.MaxNative(_floats, other._floats));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lane4 Min(Lane4 other) => new(Vector128.MinNative(_floats, other._floats));

    public float Largest()
    {
        Vector128<float> pairs = Vector128.MaxNative(_floats, Vector128.Shuffle(_floats, Vector128.Create(2, 3, 0, 1)));
        return MathF.Max(pairs[0], pairs[1]);
    }

    public float Sum() => Vector128.Sum(_floats);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator +(Lane4 left, Lane4 right) => new(left._floats + right._floats);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator -(Lane4 left, Lane4 right) => new(left._floats - right._floats);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator *(Lane4 left, Lane4 right) => new(left._floats * right._floats);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane4 operator /(Lane4 left, Lane4 right) => new(left._floats / right._floats);
}
