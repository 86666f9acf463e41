using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Golden;

/// <summary>
/// Builds a small graph around a part of a network and runs it once, for looking at values in the middle.
/// </summary>
internal sealed class NetworkRun : IDisposable
{
    private readonly GraphBuilder _graph;
    private readonly SessionFactory _sessions;
    private readonly SessionInputs _inputs = new();

    public NetworkRun(SessionFactory sessions, IWeightSource weights)
    {
        _sessions = sessions;
        _graph = new GraphBuilder("golden", sessions.Target);
        Root = new GraphScope(_graph, weights, "");
    }

    /// <summary>Root of the weights.</summary>
    public GraphScope Root { get; }

    /// <summary>Feeds a float tensor.</summary>
    public GraphValue Input(string name, TensorBuffer<float> tensor)
    {
        _inputs.Add(name, tensor);
        return _graph.Input(name, ElementType.Float32, Shape(tensor.Shape)).Cast(_graph.Target.ComputeType);
    }

    /// <summary>Feeds an integer tensor.</summary>
    public GraphValue Input(string name, TensorBuffer<long> tensor)
    {
        _inputs.Add(name, tensor);
        return _graph.Input(name, ElementType.Int64, Shape(tensor.Shape));
    }

    /// <summary>Asks for a value.</summary>
    public void Output(string name, GraphValue value) => _graph.Output(name, value.Cast(ElementType.Float32));

    /// <summary>Runs the graph.</summary>
    public SessionOutputs Run()
    {
        using ModelSession session = _sessions.Create(_graph.Build());
        return session.Run(_inputs);
    }

    public void Dispose() => _inputs.Dispose();

    private static Dimension[] Shape(TensorShape shape) => [.. shape.Select(dimension => (Dimension)dimension)];
}
