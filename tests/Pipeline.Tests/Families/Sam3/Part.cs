using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Sam3;

/// <summary>Runs a part of a network by itself, on weights that a test makes up.</summary>
internal static class Part
{
    /// <summary>All zeros but for the tensors named; names are ends of the weights' names.</summary>
    public static Func<string, TensorShape, float[]> Zeros(params (string End, Action<float[]> Fill)[] others) =>
        (name, shape) =>
    {
        var elements = new float[shape.ElementCount];
        foreach ((string end, Action<float[]> fill) in others)
        {
            if (name.EndsWith(end, StringComparison.Ordinal))
                fill(elements);
        }

        return elements;
    };

    /// <summary>The part's output.</summary>
    /// <param name="part">Builds it; inputs come in the order given.</param>
    /// <param name="elements">Its weights.</param>
    /// <param name="inputs">Values and shapes.</param>
    public static float[] Run(
        Func<GraphScope, GraphValue[], GraphValue> part,
        Func<string, TensorShape, float[]> elements,
        params (float[] Values, int[] Shape)[] inputs)
    {
        using var folder = new TemporaryFolder();
        GraphBuilder needed = Build(part, NoWeights.Instance, inputs);
        if (needed.Requirements.Count == 0)
            return Run(needed, inputs);
        string path = Path.Combine(folder.Root, "part.safetensors");
        SafetensorsWriter.Write(path, [.. needed.Requirements], new Dictionary<string, string>(), elements);
        using WeightFile weights = WeightFile.Open(path);
        return Run(Build(part, weights, inputs), inputs);
    }

    private static float[] Run(GraphBuilder graph, (float[] Values, int[] Shape)[] inputs)
    {
        using ModelSession session = TinySam.Sessions.Create(graph.Build());
        using var owned = new DisposableStack();
        using var given = new SessionInputs();
        foreach ((int i, (float[] values, int[] shape)) in inputs.Index())
            given.Add($"input{i}", owned.Push(TensorBuffer<float>.From(values, shape)));
        using SessionOutputs outputs = session.Run(given);
        using TensorBuffer<float> output = outputs.Take<float>("output");
        return output.Span.ToArray();
    }

    private static GraphBuilder Build(
        Func<GraphScope, GraphValue[], GraphValue> part, IWeightSource weights, (float[] Values, int[] Shape)[] inputs)
    {
        var graph = new GraphBuilder("part", TinySam.Sessions.Target);
        GraphValue[] values = [.. inputs.Select((input, i) =>
            graph.FloatInput($"input{i}", [.. input.Shape.Select(size => (Dimension)size)]))];
        graph.FloatOutput("output", part(new GraphScope(graph, weights, ""), values));
        return graph;
    }
}
