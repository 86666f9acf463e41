using FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;

/// <summary>The masked transformer decoder as one graph for maps of any size. Inputs and outputs are float32.</summary>
internal static class MaskedDecoderGraph
{
    /// <summary>Where the decoder's weights are.</summary>
    public const string Prefix = "sem_seg_head.predictor";

    /// <summary>
    /// <c>level0</c>… <c>[1, D, h, w]</c>, their sine <c>position0</c>… <c>[h·w, D]</c>, <c>mask_features</c>
    /// <c>[1, D, H/4, W/4]</c> and, with injectors, <c>sam_out</c> <c>[1, D, s, s]</c> and <c>sam</c> <c>[1, D, g,
    /// g]</c> → <c>class_vectors</c> <c>[Q, E]</c> and <c>masks</c> <c>[Q, H/4, W/4]</c>.
    /// </summary>
    public static GraphBuilder Build(
        MaskedDecoderConfiguration configuration, IWeightSource weights, GraphTarget target)
    {
        var scope = new GraphScope(new GraphBuilder("masked_decoder", target), weights, Prefix);
        var network = new MaskedTransformerDecoder(configuration);
        DecoderMemory memory = Inputs(scope, network, configuration);
        QueryState state = network.FirstQueries(scope);
        for (int layer = 0; layer < configuration.Layers; layer++)
            state = network.Layer(scope, state, memory, layer);

        GraphValue masks = network.Masks(scope, state.Heads, memory);
        scope.Graph.FloatOutput("class_vectors", network.ClassVectors(scope, state.Heads, masks, memory));
        GraphValue features = memory.MaskFeatures;
        GraphValue shape = Shaping.Concat(0, scope.Graph.Integers(configuration.Queries), features.ShapeOf(2));
        scope.Graph.FloatOutput("masks", masks.Reshape(shape, configuration.Queries, features[2], features[3]));
        return scope.Graph;
    }

    private static DecoderMemory Inputs(
        GraphScope scope, MaskedTransformerDecoder network, MaskedDecoderConfiguration configuration)
    {
        GraphValue[] maps = [.. Enumerable.Range(0, configuration.Levels).Select(
            level =>
                scope.Graph.FloatInput($"level{level}", 1, configuration.Width, $"rows{level}", $"columns{level}"))];
        GraphValue[] positions = [.. Enumerable.Range(0, configuration.Levels).Select(
            level => scope.Graph.FloatInput($"position{level}", $"cells{level}", configuration.Width))];
        GraphValue features = scope.Graph.FloatInput(
            "mask_features", 1, configuration.Width, "mask_rows", "mask_columns");
        return network.Remember(
            scope,
            maps,
            positions,
            features,
            configuration.HasInjectors
                ? scope.Graph.FloatInput("sam_out", 1, configuration.Width, "sam_out_rows", "sam_out_columns")
                : null,
            configuration.HasInjectors
                ? scope.Graph.FloatInput("sam", 1, configuration.Width, "sam_rows", "sam_columns")
                : null);
    }
}
