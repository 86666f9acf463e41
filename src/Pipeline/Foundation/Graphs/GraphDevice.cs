namespace FrozenSeg.Pipeline.Foundation.Graphs;

/// <summary>Kinds of processor a graph can be shaped for.</summary>
internal enum GraphDevice
{
    /// <summary>ONNX Runtime's CPU kernels.</summary>
    Cpu,

    /// <summary>ONNX Runtime's CUDA or TensorRT kernels.</summary>
    Gpu,
}
