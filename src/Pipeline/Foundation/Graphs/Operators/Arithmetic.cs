using FrozenSeg.Pipeline.Foundation.Graphs.Onnx;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Operators;

/// <summary>
/// Elementwise arithmetic and comparison. Shapes broadcast; a result has the type of its first operand.
/// </summary>
internal static class Arithmetic
{
    /// <summary>Square root.</summary>
    public static GraphValue Sqrt(this GraphValue x) => Unary("Sqrt", x);

    /// <summary>1/x.</summary>
    public static GraphValue Reciprocal(this GraphValue x) => Unary("Reciprocal", x);

    /// <summary>eˣ.</summary>
    public static GraphValue Exp(this GraphValue x) => Unary("Exp", x);

    /// <summary>Natural logarithm.</summary>
    public static GraphValue Log(this GraphValue x) => Unary("Log", x);

    /// <summary>Sine.</summary>
    public static GraphValue Sin(this GraphValue x) => Unary("Sin", x);

    /// <summary>Cosine.</summary>
    public static GraphValue Cos(this GraphValue x) => Unary("Cos", x);

    /// <summary>−x.</summary>
    public static GraphValue Negate(this GraphValue x) => Unary("Neg", x);

    /// <summary>The magnitude.</summary>
    public static GraphValue Abs(this GraphValue x) => Unary("Abs", x);

    /// <summary>−1, 0 or 1.</summary>
    public static GraphValue Sign(this GraphValue x) => Unary("Sign", x);

    /// <summary>Largest integer not above x.</summary>
    public static GraphValue Floor(this GraphValue x) => Unary("Floor", x);

    /// <summary>Limits every element to [<paramref name="low"/>, <paramref name="high"/>].</summary>
    public static GraphValue Clip(this GraphValue x, double low, double high) =>
        x.Graph.Node("Clip", [x, x.Graph.Scalar(low, x.Type), x.Graph.Scalar(high, x.Type)], x.Type, x.Shape);

    /// <summary>Elementwise maximum.</summary>
    public static GraphValue Max(this GraphValue a, GraphValue b) => Binary("Max", a, b);

    /// <summary>a &gt; b, elementwise.</summary>
    public static GraphValue Greater(this GraphValue a, GraphValue b) => Compare("Greater", a, b);

    /// <summary>a &lt; b, elementwise.</summary>
    public static GraphValue Less(this GraphValue a, GraphValue b) => Compare("Less", a, b);

    /// <summary>a = b, elementwise.</summary>
    public static GraphValue EqualTo(this GraphValue a, GraphValue b) => Compare("Equal", a, b);

    /// <summary>Logical and of two Bool tensors.</summary>
    public static GraphValue And(this GraphValue a, GraphValue b) => Compare("And", a, b);

    /// <summary>Logical negation of a Bool tensor.</summary>
    public static GraphValue Not(this GraphValue x) => Unary("Not", x);

    /// <summary>
    /// <paramref name="a"/> where <paramref name="condition"/> holds, <paramref name="b"/> elsewhere.
    /// </summary>
    public static GraphValue Where(this GraphValue condition, GraphValue a, GraphValue b)
    {
        CheckTypes("Where", a, b);
        Dimension[] branches = Broadcasting.Combine(a.Shape, b.Shape, "Where");
        return condition.Graph.Node(
            "Where", [condition, a, b], a.Type, Broadcasting.Combine(condition.Shape, branches, "Where"));
    }

    /// <summary>Converts to another element type; the value itself when it has that type.</summary>
    public static GraphValue Cast(this GraphValue x, ElementType type) => x.Type == type
        ? x
        : x.Graph.Node("Cast", [x], type, x.Shape, [OnnxAttribute.Int("to", (int)type)]);

    /// <summary>A node of one operand that keeps type and shape.</summary>
    internal static GraphValue Unary(string operation, GraphValue x) => x.Graph.Node(operation, [x], x.Type, x.Shape);

    /// <summary>A node of two operands of one type.</summary>
    internal static GraphValue Binary(string operation, GraphValue a, GraphValue b)
    {
        CheckTypes(operation, a, b);
        return a.Graph.Node(operation, [a, b], a.Type, Broadcasting.Combine(a.Shape, b.Shape, operation));
    }

    private static GraphValue Compare(string operation, GraphValue a, GraphValue b)
    {
        CheckTypes(operation, a, b);
        return a.Graph.Node(operation, [a, b], ElementType.Bool, Broadcasting.Combine(a.Shape, b.Shape, operation));
    }

    private static void CheckTypes(string operation, GraphValue a, GraphValue b)
    {
        if (a.Type != b.Type)
            throw new GraphException($"{operation}: '{a}' and '{b}' differ in type.");
    }
}
