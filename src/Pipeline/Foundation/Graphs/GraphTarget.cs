using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Graphs;

/// <summary>
/// What a graph is built for. The arithmetic is the same; some operators are written in the form that is fast there.
/// </summary>
/// <param name="Device">Where it will run.</param>
/// <param name="ComputeType">The type activations and weights have between input and output.</param>
internal sealed record GraphTarget(GraphDevice Device, ElementType ComputeType)
{
    /// <summary>Float32 on the CPU.</summary>
    public static GraphTarget Cpu { get; } = new(GraphDevice.Cpu, ElementType.Float32);

    /// <summary>Float32 on a CUDA GPU.</summary>
    public static GraphTarget Gpu { get; } = new(GraphDevice.Gpu, ElementType.Float32);
}
