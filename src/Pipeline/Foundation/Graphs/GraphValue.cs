using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Foundation.Graphs;

/// <summary>
/// A tensor inside a graph under construction: who made it, of what type and shape. The operators of
/// <see cref="Operators"/> turn values into values.
/// </summary>
internal sealed class GraphValue
{
    private readonly Dimension[] _shape;

    internal GraphValue(GraphBuilder graph, string name, ElementType type, Dimension[] shape)
    {
        Graph = graph;
        Name = name;
        Type = type;
        _shape = shape;
    }

    /// <summary>The graph this value belongs to.</summary>
    public GraphBuilder Graph { get; }

    /// <summary>Its name in the graph; unique.</summary>
    public string Name { get; }

    /// <summary>Element type.</summary>
    public ElementType Type { get; }

    /// <summary>Dimensions, outermost first.</summary>
    public ReadOnlySpan<Dimension> Shape => _shape;

    /// <summary>Number of dimensions.</summary>
    public int Rank => _shape.Length;

    /// <summary>One dimension; negative axes count from the end.</summary>
    public Dimension this[int axis] => _shape[axis < 0 ? axis + Rank : axis];

    /// <summary>Elementwise sum, with broadcasting.</summary>
    public static GraphValue operator +(GraphValue a, GraphValue b) => Operators.Arithmetic.Binary("Add", a, b);

    /// <summary>Elementwise difference, with broadcasting.</summary>
    public static GraphValue operator -(GraphValue a, GraphValue b) => Operators.Arithmetic.Binary("Sub", a, b);

    /// <summary>Elementwise product, with broadcasting.</summary>
    public static GraphValue operator *(GraphValue a, GraphValue b) => Operators.Arithmetic.Binary("Mul", a, b);

    /// <summary>Elementwise quotient, with broadcasting.</summary>
    public static GraphValue operator /(GraphValue a, GraphValue b) => Operators.Arithmetic.Binary("Div", a, b);

    /// <summary>Adds a number to every element.</summary>
    public static GraphValue operator +(GraphValue a, float b) => a + a.Graph.Scalar(b, a.Type);

    /// <summary>Subtracts a number from every element.</summary>
    public static GraphValue operator -(GraphValue a, float b) => a - a.Graph.Scalar(b, a.Type);

    /// <summary>Multiplies every element by a number.</summary>
    public static GraphValue operator *(GraphValue a, float b) => a * a.Graph.Scalar(b, a.Type);

    /// <summary>Name, type and shape, for messages.</summary>
    public override string ToString() => $"{Name}: {Type}[{string.Join(", ", _shape)}]";
}
