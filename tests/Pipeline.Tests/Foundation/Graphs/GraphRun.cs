using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Tests.Foundation.Graphs;

/// <summary>Builds a graph of one input and one output, runs it on the CPU, and returns the numbers.</summary>
internal static class GraphRun
{
    public static float[] Of(
        ReadOnlySpan<float> input,
        ReadOnlySpan<int> shape,
        Func<GraphBuilder, GraphValue, GraphValue> network,
        bool symbolic = false,
        GraphTarget? target = null)
    {
        var sessions = new SessionFactory(new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu, Threads = 1 });
        var graph = new GraphBuilder("test", target ?? sessions.Target);
        var dimensions = new Dimension[shape.Length];
        for (int axis = 0; axis < shape.Length; axis++)
            dimensions[axis] = symbolic ? $"d{axis}" : shape[axis];
        if (symbolic)
            dimensions[^1] = shape[^1];

        GraphValue x = graph.Input("x", ElementType.Float32, dimensions);
        graph.Output("y", network(graph, x).Cast32());
        using ModelSession session = sessions.Create(graph.Build());
        using TensorBuffer<float> tensor = TensorBuffer<float>.From(input, shape);
        using SessionInputs inputs = new SessionInputs().Add("x", tensor);
        using SessionOutputs outputs = session.Run(inputs);
        using TensorBuffer<float> result = outputs.Take<float>("y");
        return result.Span.ToArray();
    }

    private static GraphValue Cast32(this GraphValue value) =>
        Pipeline.Foundation.Graphs.Operators.Arithmetic.Cast(value, ElementType.Float32);
}
