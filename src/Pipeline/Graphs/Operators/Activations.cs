using FrozenSeg.Pipeline.Graphs.Onnx;

namespace FrozenSeg.Pipeline.Graphs.Operators;

/// <summary>Elementwise non-linearities, and softmax.</summary>
public static class Activations
{
    // x·Φ(x) ≈ x·sigmoid(1.702 x), the form OpenAI's CLIP was trained with.
    private const float QuickGeluSlope = 1.702f;

    /// <summary>max(x, 0).</summary>
    public static GraphValue Relu(this GraphValue x) => Arithmetic.Unary("Relu", x);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public static GraphValue Sigmoid(this GraphValue x) => Arithmetic.Unary("Sigmoid", x);

    /// <summary>Exact (erf) GELU.</summary>
    public static GraphValue Gelu(this GraphValue x) => x.Graph.Target.Device is GraphDevice.Cpu
        // ONNX Runtime's own operator; the standard one is not vectorised on the CPU.
        ? x.Graph.Node("Gelu", [x], x.Type, x.Shape, domain: OnnxModelWriter.ContribDomain)
        : Arithmetic.Unary("Gelu", x);

    /// <summary>x·sigmoid(1.702 x).</summary>
    public static GraphValue QuickGelu(this GraphValue x) => x.Graph.Node(
        "QuickGelu", [x], x.Type, x.Shape, [OnnxAttribute.Float("alpha", QuickGeluSlope)], OnnxModelWriter.ContribDomain);

    /// <summary>Softmax along <paramref name="axis"/>.</summary>
    public static GraphValue Softmax(this GraphValue x, int axis = -1) =>
        x.Graph.Node("Softmax", [x], x.Type, x.Shape, [OnnxAttribute.Int("axis", axis)]);
}
