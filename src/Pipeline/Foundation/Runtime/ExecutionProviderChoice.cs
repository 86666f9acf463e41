namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>Which of ONNX Runtime's execution providers to use.</summary>
public enum ExecutionProviderChoice
{
    /// <summary>CUDA where it works, otherwise the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU through CUDA; an error where there is none.</summary>
    Cuda,

    /// <summary>An NVIDIA GPU through TensorRT; an error where there is none.</summary>
    TensorRt,
}
