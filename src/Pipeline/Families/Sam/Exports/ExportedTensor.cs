using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam.Exports;

/// <summary>A weight of an export under its official name.</summary>
/// <param name="Shape">As the official checkpoint has it.</param>
/// <param name="Read">Its elements, row-major.</param>
internal sealed record ExportedTensor(TensorShape Shape, Func<float[]> Read);
