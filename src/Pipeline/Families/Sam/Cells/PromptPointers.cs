using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam.Cells;

/// <summary>A tensor <c>[prompts, …]</c> of which a pass takes one prompt at a time.</summary>
/// <param name="tensor">The tensor; outlives this.</param>
internal readonly unsafe struct PromptPointers(TensorBuffer<float> tensor)
{
    private readonly nint _start = tensor.Address;
    private readonly long _stride = tensor.Shape.ElementCount / tensor.Shape[0];

    /// <summary>Where a prompt's numbers begin.</summary>
    public float* this[int prompt] => (float*)_start + (prompt * _stride);
}
