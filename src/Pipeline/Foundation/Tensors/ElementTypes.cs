namespace FrozenSeg.Pipeline.Foundation.Tensors;

/// <summary>Sizes of element types.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.UInt8 or ElementType.Int8 or ElementType.Bool or ElementType.Float8E4M3 or ElementType.Float8E5M2 =>
            1,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 or ElementType.UInt16 => 2,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Int64 or ElementType.UInt64 or ElementType.Float64 or ElementType.Complex64 => 8,
        ElementType.Complex128 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type."),
    };

    /// <summary>Whether the type is one of the floating-point types that networks compute with.</summary>
    public static bool IsFloat(this ElementType type) => type is
        ElementType.Float32 or ElementType.Float16 or ElementType.BFloat16 or ElementType.Float64;
}
