using FrozenSeg.Pipeline.Families.Clip.Backbones;
using FrozenSeg.Pipeline.Families.Clip.Networks;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones;

/// <summary>The graphs that are not the decoders' own, and what all of them need.</summary>
internal static class FrozenSegGraphs
{
    /// <summary><c>image</c> <c>[1, 3, H, W]</c> → <c>res2</c> to <c>res5</c>, each <c>[1, c, h, w]</c>.</summary>
    public static GraphBuilder Backbone(ClipBackboneConfiguration configuration, IWeightSource clip, GraphTarget target)
    {
        var scope = new GraphScope(new GraphBuilder("clip_backbone", target), clip, "visual");
        GraphValue image = scope.Graph.FloatInput("image", 1, 3, "height", "width");
        BackboneFeatures features = ClipBackbones.Network(configuration).Apply(scope, image);
        for (int level = 0; level < features.Levels.Count; level++)
            scope.Graph.FloatOutput(LevelName(level), features.Levels[level]);
        return scope.Graph;
    }

    /// <summary>What the backbone calls a level, from 0.</summary>
    public static string LevelName(int level) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"res{level + 2}");

    /// <summary>CLIP's tensors: both encoders and the scale, under OpenAI's names.</summary>
    public static IReadOnlyDictionary<string, TensorShape> ClipRequirements(FrozenSegConfiguration configuration) =>
        Merge(
            Backbone(configuration.Backbone, NoWeights.Instance, GraphTarget.Cpu),
            MaskEmbedder.Graph(configuration.Backbone, NoWeights.Instance, configuration.PoolingScale, GraphTarget.Cpu),
            new ClipTextNetwork(configuration.Text).Graph(NoWeights.Instance, GraphTarget.Cpu));

    /// <summary>The decoders' tensors, under official names.</summary>
    public static IReadOnlyDictionary<string, TensorShape> DecoderRequirements(FrozenSegConfiguration configuration) =>
        Merge(
            new PixelDecoderGraphs(configuration.PixelDecoder, NoWeights.Instance, GraphTarget.Cpu).Whole(),
            MaskedDecoderGraph.Build(configuration.Decoder, NoWeights.Instance, GraphTarget.Cpu));

    private static Dictionary<string, TensorShape> Merge(params ReadOnlySpan<GraphBuilder> graphs)
    {
        var requirements = new Dictionary<string, TensorShape>();
        foreach (GraphBuilder graph in graphs)
        {
            foreach ((string name, TensorShape shape) in graph.Requirements)
                requirements[name] = shape;
        }

        return requirements;
    }
}
