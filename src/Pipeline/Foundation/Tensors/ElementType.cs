namespace FrozenSeg.Pipeline.Foundation.Tensors;

/// <summary>Element types of tensors, in files and in graphs; the numbers are ONNX's.</summary>
internal enum ElementType
{
    /// <summary>32-bit IEEE float.</summary>
    Float32 = 1,

    /// <summary>8-bit unsigned integer.</summary>
    UInt8 = 2,

    /// <summary>8-bit signed integer.</summary>
    Int8 = 3,

    /// <summary>16-bit unsigned integer.</summary>
    UInt16 = 4,

    /// <summary>16-bit signed integer.</summary>
    Int16 = 5,

    /// <summary>32-bit signed integer.</summary>
    Int32 = 6,

    /// <summary>64-bit signed integer; shapes and indices.</summary>
    Int64 = 7,

    /// <summary>One byte, 0 or 1.</summary>
    Bool = 9,

    /// <summary>16-bit IEEE float.</summary>
    Float16 = 10,

    /// <summary>64-bit IEEE float.</summary>
    Float64 = 11,

    /// <summary>32-bit unsigned integer.</summary>
    UInt32 = 12,

    /// <summary>64-bit unsigned integer.</summary>
    UInt64 = 13,

    /// <summary>Two 32-bit floats.</summary>
    Complex64 = 14,

    /// <summary>Two 64-bit floats.</summary>
    Complex128 = 15,

    /// <summary>16-bit brain float.</summary>
    BFloat16 = 16,

    /// <summary>8-bit float with 4 bits of exponent; found in files, never computed with.</summary>
    Float8E4M3 = 17,

    /// <summary>8-bit float with 5 bits of exponent; found in files, never computed with.</summary>
    Float8E5M2 = 19,
}
