using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch;

/// <summary>A run of elements outside the pickle.</summary>
/// <param name="Key">Its name in the archive.</param>
/// <param name="Type">Element type.</param>
/// <param name="Count">Number of elements.</param>
internal sealed record TorchStorage(string Key, ElementType Type, long Count);
