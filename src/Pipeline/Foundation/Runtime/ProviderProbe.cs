using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>
/// Tries an execution provider with a convolution and a product of matrices. That a provider can be attached says
/// little: its libraries are opened when the first kernel wants them, and without a device a run fails or falls to the
/// CPU.
/// </summary>
internal static class ProviderProbe
{
    private const string NoFallbackKey = "session.disable_cpu_ep_fallback";

    /// <summary>Runs the probe; comes back if, and only if, the provider computes.</summary>
    /// <exception cref="OnnxRuntimeException">It does not; says why.</exception>
    public static void Run(SessionOptions options)
    {
        options.AddSessionConfigEntry(NoFallbackKey, "1");
        using var session = new ModelSession("probe", new InferenceSession(Graph().Onnx, options), device: null);
        using TensorBuffer<float> image = TensorBuffer<float>.From([1, 2, 3, 4], 1, 1, 2, 2);
        using SessionInputs inputs = new SessionInputs().Add("image", image);
        using SessionOutputs outputs = session.Run(inputs);
    }

    private static GraphModel Graph()
    {
        var graph = new GraphBuilder("probe", GraphTarget.Gpu);
        GraphValue image = graph.Input("image", ElementType.Float32, 1, 1, 2, 2);
        GraphValue filtered = image.Conv(graph.Floats([2], 1, 1, 1, 1));
        graph.Output("product", filtered.MatMul(graph.Floats([1, 0, 0, 1], 1, 1, 2, 2)));
        return graph.Build();
    }
}
