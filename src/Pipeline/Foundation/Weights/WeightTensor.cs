using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>One tensor of a weight file: what it is, and where its bytes lie. Holds no data.</summary>
/// <param name="Name">Key in the file.</param>
/// <param name="Type">Element type as stored.</param>
/// <param name="Shape">Dimensions as stored, row-major.</param>
/// <param name="Path">Full path of the file.</param>
/// <param name="Offset">First byte of the elements, little-endian.</param>
internal sealed record WeightTensor(string Name, ElementType Type, TensorShape Shape, string Path, long Offset)
{
    /// <summary>To be called before the file is used; null when it is there already.</summary>
    public Action? Prepare { get; init; }

    /// <summary>Number of bytes.</summary>
    public long Length => Shape.ElementCount * Type.Size();
}
