using System.Runtime.InteropServices;
using FrozenSeg.Pipeline.Foundation.Graphs.Onnx;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Foundation.Graphs;

/// <summary>
/// Builds an ONNX graph node by node. Shapes and types are inferred as nodes are added, and what ONNX would refuse is
/// refused here, with the name of the node. Weights stay in their file: the graph only says where.
/// </summary>
/// <remarks>Not thread-safe; make one, build, and drop it.</remarks>
internal sealed class GraphBuilder
{
    private readonly string _name;
    private readonly List<OnnxNode> _nodes = [];
    private readonly Stack<List<OnnxNode>> _bodies = new();
    private readonly List<OnnxTensor> _initializers = [];
    private readonly List<GraphValue> _inputs = [];
    private readonly List<GraphValue> _outputs = [];
    private readonly Dictionary<string, string> _outputNames = [];
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<(string Key, ElementType Type), GraphValue> _constants = [];
    private readonly Dictionary<string, GraphValue> _weightValues = [];
    private readonly Stack<string> _paths = new();
    private readonly WeightInventory _weights = new();

    /// <param name="name">What the graph is, for instance <c>sam_image_encoder</c>.</param>
    /// <param name="target">What it is built for.</param>
    public GraphBuilder(string name, GraphTarget target)
    {
        _name = name;
        Target = target;
    }

    /// <summary>What the graph is built for.</summary>
    public GraphTarget Target { get; }

    /// <summary>Every weight asked for so far, found or not, with the shape it must have.</summary>
    public IReadOnlyDictionary<string, TensorShape> Requirements => _weights.Requirements;

    /// <summary>Declares an input.</summary>
    public GraphValue Input(string name, ElementType type, params ReadOnlySpan<Dimension> shape)
    {
        var input = new GraphValue(this, Unique(name), type, shape.ToArray());
        _inputs.Add(input);
        return input;
    }

    /// <summary>Declares a float32 input and gives it in the target's compute type.</summary>
    public GraphValue FloatInput(string name, params ReadOnlySpan<Dimension> shape) =>
        Operators.Arithmetic.Cast(Input(name, ElementType.Float32, shape), Target.ComputeType);

    /// <summary>
    /// Declares <paramref name="value"/>, of whatever type, a float32 output called <paramref name="name"/>.
    /// </summary>
    public void FloatOutput(string name, GraphValue value) =>
        Output(name, Operators.Arithmetic.Cast(value, ElementType.Float32));

    /// <summary>Declares <paramref name="value"/> an output called <paramref name="name"/>.</summary>
    public void Output(string name, GraphValue value)
    {
        CheckOwned(value);
        if (Unique(name) != name)
            throw new GraphException($"The name '{name}' is taken; outputs keep their names.");
        var output = new GraphValue(this, name, value.Type, value.Shape.ToArray());
        _outputs.Add(output);
        // The node that makes the value writes it under the output's name: a node of its own would copy it. A value
        // that no node makes, or that is an output already, has to be copied.
        bool isMade = _nodes.Any(node => node.Outputs.Contains(value.Name));
        if (!isMade || !_outputNames.TryAdd(value.Name, name))
            _nodes.Add(new OnnxNode($"output/{name}", "Identity", "", [value.Name], [name], []));
    }

    /// <summary>
    /// Nodes added until the result is disposed are named below <paramref name="path"/>, so that a profiler's trace
    /// reads like the network.
    /// </summary>
    public IDisposable Within(string path)
    {
        _paths.Push(path);
        return new PathGuard(_paths);
    }

    /// <summary>A number of type <paramref name="type"/>.</summary>
    public GraphValue Scalar(double value, ElementType type) =>
        _constants.TryGetValue(($"{value:R}", type), out GraphValue? known)
            ? known
            : _constants[($"{value:R}", type)] = Constant(type, [], ConstantBytes.Of(value, type));

    /// <summary>A vector of int64, for shapes and axes.</summary>
    public GraphValue Integers(params ReadOnlySpan<long> values)
    {
        string key = $"[{string.Join(',', values.ToArray())}]";
        return _constants.TryGetValue((key, ElementType.Int64), out GraphValue? known)
            ? known
            : _constants[(key, ElementType.Int64)] =
                Constant(ElementType.Int64, [values.Length], MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>A constant tensor, float32 narrowed to the compute type of the target.</summary>
    public GraphValue Floats(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        GraphValue constant = Constant(ElementType.Float32, shape, MemoryMarshal.AsBytes(values).ToArray());
        return Operators.Arithmetic.Cast(constant, Target.ComputeType);
    }

    /// <summary>
    /// A tensor of a weight file, used in place, of the target's compute type. A tensor that is missing or has another
    /// shape is noted, and <see cref="Build"/> reports all of them at once.
    /// </summary>
    /// <param name="source">Where to look.</param>
    /// <param name="name">Name of the tensor there.</param>
    /// <param name="shape">The shape the network needs.</param>
    public GraphValue Weight(IWeightSource source, string name, params ReadOnlySpan<int> shape)
    {
        if (_weightValues.TryGetValue(name, out GraphValue? known))
            return known;

        WeightTensor? tensor = _weights.Take(source, name, new TensorShape(shape));
        GraphValue stored = Declare(name, tensor?.Type ?? Target.ComputeType, shape);
        _initializers.Add(new OnnxTensor(
            stored.Name,
            stored.Type,
            shape.ToArray(),
            ReadOnlyMemory<byte>.Empty,
            tensor is null ? null : new ExternalRange(Path.GetFileName(tensor.Path), tensor.Offset, tensor.Length)));
        return _weightValues[name] = Outside(() => Operators.Arithmetic.Cast(stored, Target.ComputeType));
    }

    /// <summary>A symbol that no dimension has yet.</summary>
    internal Dimension FreshSymbol() => Unique("size");

    /// <summary>Finishes the graph.</summary>
    /// <exception cref="Shared.Problems.SegmentationProblemException">Weights are missing, or have other shapes than
    /// the network needs.</exception>
    public GraphModel Build()
    {
        _weights.ThrowIfIncomplete();
        _weights.Prepare();
        OnnxNode[] nodes = [.. _nodes.Select(node => node.Renamed(_outputNames))];
        byte[] onnx = OnnxModelWriter.Write(new OnnxGraph(_name, nodes, _initializers, _inputs, _outputs));
        return new GraphModel(_name, onnx, _weights.Folder, _weights.Taken);
    }

    /// <summary>Adds a node with one result.</summary>
    internal GraphValue Node(
        string operation,
        ReadOnlySpan<GraphValue?> inputs,
        ElementType type,
        ReadOnlySpan<Dimension> shape,
        ReadOnlySpan<OnnxAttribute> attributes = default,
        string domain = "")
    {
        GraphValue result = Declare(NodePath(operation), type, shape);
        Append(operation, inputs, [result], attributes, domain);
        return result;
    }

    /// <summary>Adds a node with several results, each of a type and shape.</summary>
    internal GraphValue[] Nodes(
        string operation,
        ReadOnlySpan<GraphValue?> inputs,
        IReadOnlyList<(ElementType Type, Dimension[] Shape)> results,
        ReadOnlySpan<OnnxAttribute> attributes = default,
        string domain = "")
    {
        string path = NodePath(operation);
        GraphValue[] values = [.. results.Select(result => Declare(path, result.Type, result.Shape))];
        Append(operation, inputs, values, attributes, domain);
        return values;
    }

    /// <summary>
    /// The nodes that <paramref name="content"/> adds, as a graph inside this one. They may use values from outside;
    /// nothing outside may use theirs.
    /// </summary>
    /// <param name="name">Name of the graph.</param>
    /// <param name="inputs">Types and shapes of its inputs.</param>
    /// <param name="content">From the inputs to the one output.</param>
    internal OnnxGraph Body(
        string name,
        IReadOnlyList<(ElementType Type, Dimension[] Shape)> inputs,
        Func<GraphValue[], GraphValue> content)
    {
        string path = NodePath(name);
        GraphValue[] values = [.. inputs.Select(input => Declare(path, input.Type, input.Shape))];
        _bodies.Push([]);
        try
        {
            GraphValue output = content(values);
            return new OnnxGraph(name, _bodies.Peek(), [], values, [output]);
        }
        finally
        {
            _bodies.Pop();
        }
    }

    // Weights are shared between bodies and what is around them.
    private GraphValue Outside(Func<GraphValue> content)
    {
        List<OnnxNode>[] bodies = [.. _bodies.Reverse()];
        _bodies.Clear();
        GraphValue value = content();
        Array.ForEach(bodies, _bodies.Push);
        return value;
    }

    private void Append(
        string operation,
        ReadOnlySpan<GraphValue?> inputs,
        GraphValue[] results,
        ReadOnlySpan<OnnxAttribute> attributes,
        string domain)
    {
        var names = new List<string>(inputs.Length);
        foreach (GraphValue? input in inputs)
        {
            if (input is not null)
                CheckOwned(input);
            names.Add(input?.Name ?? "");
        }

        List<OnnxNode> nodes = _bodies.TryPeek(out List<OnnxNode>? body) ? body : _nodes;
        nodes.Add(new OnnxNode(
            results[0].Name,
            operation,
            domain,
            names,
            [.. results.Select(result => result.Name)],
            attributes.ToArray()));
    }

    private GraphValue Constant(ElementType type, ReadOnlySpan<int> shape, byte[] content)
    {
        GraphValue constant = Declare("constant", type, shape);
        _initializers.Add(new OnnxTensor(constant.Name, type, shape.ToArray(), content, null));
        return constant;
    }

    private GraphValue Declare(string name, ElementType type, ReadOnlySpan<int> shape)
    {
        var dimensions = new Dimension[shape.Length];
        for (int i = 0; i < shape.Length; i++)
            dimensions[i] = shape[i];
        return Declare(name, type, dimensions);
    }

    private GraphValue Declare(string name, ElementType type, ReadOnlySpan<Dimension> shape) =>
        new(this, Unique(name), type, shape.ToArray());

    private string NodePath(string operation) => _paths.Count == 0 ? operation : $"{_paths.Peek()}/{operation}";

    private string Unique(string name)
    {
        string unique = name;
        for (int count = 1; !_names.Add(unique); count++)
            unique = $"{name}_{count}";
        return unique;
    }

    private void CheckOwned(GraphValue value)
    {
        if (value.Graph != this)
            throw new GraphException($"'{value}' belongs to another graph.");
    }

    private sealed class PathGuard(Stack<string> paths) : IDisposable
    {
        public void Dispose() => paths.Pop();
    }
}
