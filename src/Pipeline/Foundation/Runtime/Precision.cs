namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>Arithmetic of the networks between their inputs and outputs, which are always float32.</summary>
public enum Precision
{
    /// <summary>32-bit floats: the numbers of the official implementations.</summary>
    Float32,

    /// <summary>16-bit floats: half the memory, faster on a GPU, errors around 1e-3.</summary>
    Float16,
}
