using FrozenSeg.Pipeline.Foundation.Graphs.Onnx;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Operators;

/// <summary>Elementwise non-linearities, and softmax.</summary>
internal static class Activations
{
    // x·Φ(x) ≈ x·sigmoid(1.702 x), the form OpenAI's CLIP was trained with.
    private const float Slope = 1.702f;

    /// <summary>max(x, 0).</summary>
    public static GraphValue Relu(this GraphValue x) => Arithmetic.Unary("Relu", x);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public static GraphValue Sigmoid(this GraphValue x) => Arithmetic.Unary("Sigmoid", x);

    /// <summary>The error function.</summary>
    public static GraphValue Erf(this GraphValue x) => Arithmetic.Unary("Erf", x);

    /// <summary>The derivative of <see cref="QuickGelu"/>: q(1 + 1.702 x(1 − q)), q = sigmoid(1.702 x).</summary>
    public static GraphValue QuickGeluSlope(this GraphValue x)
    {
        GraphValue scaled = x * Slope;
        GraphValue q = scaled.Sigmoid();
        return q + (q * scaled * (q * -1 + 1));
    }

    /// <summary>The derivative of <see cref="Gelu"/>: Φ(x) + x φ(x).</summary>
    public static GraphValue GeluSlope(this GraphValue x)
    {
        GraphValue below = (((x * MathF.Sqrt(0.5f)).Erf()) + 1) * 0.5f;
        return below + (x * (x * x * -0.5f).Exp() * (1 / MathF.Sqrt(2 * MathF.PI)));
    }

    /// <summary>Exact (erf) GELU.</summary>
    public static GraphValue Gelu(this GraphValue x) => x.Graph.Target.Device is GraphDevice.Cpu
        // ONNX Runtime's own operator; the standard one is not vectorised on the CPU.
        ? x.Graph.Node("Gelu", [x], x.Type, x.Shape, domain: OnnxModelWriter.ContribDomain)
        : Arithmetic.Unary("Gelu", x);

    /// <summary>x·sigmoid(1.702 x).</summary>
    public static GraphValue QuickGelu(this GraphValue x) => x.Graph.Node(
        "QuickGelu", [x], x.Type, x.Shape, [OnnxAttribute.Float("alpha", Slope)], OnnxModelWriter.ContribDomain);

    /// <summary>Softmax along <paramref name="axis"/>.</summary>
    public static GraphValue Softmax(this GraphValue x, int axis = -1) =>
        x.Graph.Node("Softmax", [x], x.Type, x.Shape, [OnnxAttribute.Int("axis", axis)]);
}
