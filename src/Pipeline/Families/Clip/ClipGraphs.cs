using FrozenSeg.Pipeline.Families.Clip.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Clip;

/// <summary>What the networks of a CLIP need.</summary>
internal static class ClipGraphs
{
    /// <summary>Names and shapes of all tensors of a model of these sizes, under OpenAI's names.</summary>
    public static IReadOnlyDictionary<string, TensorShape> Requirements(ClipConfiguration configuration)
    {
        Dictionary<string, TensorShape> needed =
            new(new ClipTextNetwork(configuration.Text).Graph(NoWeights.Instance, GraphTarget.Cpu).Requirements);
        if (configuration.Vision is { } vision)
        {
            GraphBuilder graph = new ClipVisionNetwork(vision)
                .Graph(NoWeights.Instance, GraphTarget.Cpu, vision.Layers, roundPositions: false);
            foreach ((string name, TensorShape shape) in graph.Requirements)
                needed[name] = shape;
        }

        return needed;
    }
}
