using FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;

/// <summary>
/// The pixel decoder as graphs: cut at every deformable sampling for the CPU, or whole for a GPU. Maps may have any
/// size. Inputs and outputs are float32.
/// </summary>
/// <param name="configuration">Sizes.</param>
/// <param name="weights">Weights under official names.</param>
/// <param name="target">What to build for.</param>
internal sealed class PixelDecoderGraphs(
    PixelDecoderConfiguration configuration, IWeightSource weights, GraphTarget target)
{
    /// <summary>Where the pixel decoder's weights are.</summary>
    public const string Prefix = "sem_seg_head.pixel_decoder";

    /// <summary>The encoder of the SAM branch, below <see cref="Prefix"/>.</summary>
    public const string SamTransformer = "sam_transformer";

    private readonly PixelDecoderNetwork _network = new(configuration);
    private readonly DeformableLayer _layers = new(configuration);
    private readonly GridSampling _sampling = new(configuration);

    /// <summary>
    /// <c>map0</c>… (res5 first) <c>[1, c, h, w]</c> and their sine <c>position0</c>… <c>[h·w, D]</c> → <c>tokens</c>,
    /// <c>positions</c> <c>[N, D]</c> and the first layer's query: <c>value</c>, <c>offsets</c>, <c>weights</c>.
    /// </summary>
    public GraphBuilder Tokens()
    {
        GraphScope scope = Begin("pixel_decoder_tokens");
        (GraphValue tokens, GraphValue positions, _) = Tokens(scope);
        return OutputQuery(scope, "transformer", tokens, positions, layer: 0);
    }

    /// <summary>
    /// <c>sam</c> <c>[1, D, g, g]</c> and the sine <c>position</c> of half its size → as <see cref="Tokens()"/>.
    /// </summary>
    public GraphBuilder SamTokens()
    {
        GraphScope scope = Begin("sam_branch_tokens");
        GraphValue map = _network.ProjectSam(
            scope, scope.Graph.FloatInput("sam", 1, configuration.SamChannels!.Value, "sam_rows", "sam_columns"));
        GraphValue positions = _network.Place(
            scope[SamTransformer], scope.Graph.FloatInput("position", "cells", configuration.Width), 0);
        return OutputQuery(scope, SamTransformer, PixelDecoderNetwork.ToTokens(map), positions, layer: 0);
    }

    /// <summary>
    /// <c>tokens</c> as they entered layer <paramref name="layer"/> − 1, what was <c>sampled</c> there, and
    /// <c>positions</c> → <c>tokens_out</c> and the query of layer <paramref name="layer"/>.
    /// </summary>
    /// <param name="transformer"><c>transformer</c> or <see cref="SamTransformer"/>.</param>
    /// <param name="layer">The layer begun, at least 1.</param>
    public GraphBuilder Between(string transformer, int layer)
    {
        GraphScope scope = Begin($"{transformer}_layer{layer}");
        GraphValue positions = scope.Graph.FloatInput("positions", "cells", configuration.Width);
        return OutputQuery(scope, transformer, Finish(scope, transformer, layer - 1), positions, layer);
    }

    /// <summary>
    /// <c>tokens</c>, <c>sampled</c> of the last layer, <c>shape0</c>… (int64 1, D, h, w) and <c>finest</c> (res2) →
    /// <c>level0</c>… <c>[1, D, h, w]</c>, <c>mask_features</c>.
    /// </summary>
    public GraphBuilder Maps()
    {
        GraphScope scope = Begin("pixel_decoder_maps");
        GraphValue[] shapes = [.. Enumerable.Range(0, configuration.Levels).Select(
            level => scope.Graph.Input($"shape{level}", ElementType.Int64, 4))];
        OutputMaps(scope, Finish(scope, "transformer", configuration.Layers - 1), shapes);
        return scope.Graph;
    }

    /// <summary>
    /// <c>tokens</c>, <c>sampled</c> of the last layer and <c>shape</c> → <c>sam_out</c> <c>[1, D, s, s]</c>.
    /// </summary>
    public GraphBuilder SamMap()
    {
        GraphScope scope = Begin("sam_branch_map");
        GraphValue tokens = Finish(scope, SamTransformer, configuration.SamLayers - 1);
        scope.Graph.FloatOutput(
            "sam_out", PixelDecoderNetwork.ToMap(tokens, scope.Graph.Input("shape", ElementType.Int64, 4), "sam"));
        return scope.Graph;
    }

    /// <summary>
    /// Everything in one graph: the inputs of <see cref="Tokens()"/> and <see cref="Maps"/> and each token's
    /// <c>places</c> <c>[N, 2]</c>; with a SAM branch also those of <see cref="SamTokens"/> and <c>sam_places</c>.
    /// </summary>
    public GraphBuilder Whole()
    {
        GraphScope scope = Begin("pixel_decoder");
        (GraphValue tokens, GraphValue positions, GraphValue[] maps) = Tokens(scope);
        GraphValue places = scope.Graph.FloatInput("places", "tokens", 2);
        tokens = Encode(
            scope["transformer"],
            tokens,
            positions,
            places,
            [.. maps.Select(map => map.ShapeOf(2))],
            configuration.Layers);
        OutputMaps(scope, tokens, [.. maps.Select(map => map.ShapeOf())]);
        if (configuration.HasSam)
            OutputSam(scope);
        return scope.Graph;
    }

    /// <summary>The layers of an encoder with the sampling inside the graph.</summary>
    internal GraphValue Encode(
        GraphScope transformer,
        GraphValue tokens,
        GraphValue positions,
        GraphValue places,
        IReadOnlyList<GraphValue> sizes,
        int layers)
    {
        for (int layer = 0; layer < layers; layer++)
        {
            GraphScope scope = transformer["encoder"]["layers"][layer];
            DeformableQuery query = _layers.Prepare(scope, tokens, positions);
            tokens = _layers.Finish(scope, tokens, _sampling.Apply(query, places, sizes), sizes.Count);
        }

        return tokens;
    }

    private void OutputSam(GraphScope scope)
    {
        GraphValue map = _network.ProjectSam(
            scope, scope.Graph.FloatInput("sam", 1, configuration.SamChannels!.Value, "sam_rows", "sam_columns"));
        GraphScope transformer = scope[SamTransformer];
        GraphValue positions = _network.Place(
            transformer, scope.Graph.FloatInput("position", "sam_cells", configuration.Width), 0);
        GraphValue tokens = Encode(
            transformer,
            PixelDecoderNetwork.ToTokens(map),
            positions,
            scope.Graph.FloatInput("sam_places", "sam_cells", 2),
            [map.ShapeOf(2)],
            configuration.SamLayers);
        scope.Graph.FloatOutput("sam_out", PixelDecoderNetwork.ToMap(tokens, map.ShapeOf(), "sam"));
    }

    private (GraphValue Tokens, GraphValue Positions, GraphValue[] Maps) Tokens(GraphScope scope)
    {
        var maps = new GraphValue[configuration.Levels];
        var tokens = new GraphValue[configuration.Levels];
        var positions = new GraphValue[configuration.Levels];
        for (int level = 0; level < configuration.Levels; level++)
        {
            int channels = configuration.InputChannels[^(level + 1)];
            GraphValue map = scope.Graph.FloatInput($"map{level}", 1, channels, $"rows{level}", $"columns{level}");
            maps[level] = _network.Project(scope, map, level);
            tokens[level] = PixelDecoderNetwork.ToTokens(maps[level]);
            positions[level] = _network.Place(
                scope["transformer"],
                scope.Graph.FloatInput($"position{level}", $"cells{level}", configuration.Width),
                level);
        }

        return (Shaping.Concat(0, tokens), Shaping.Concat(0, positions), maps);
    }

    private GraphValue Finish(GraphScope scope, string transformer, int layer) => _layers.Finish(
        scope[transformer]["encoder"]["layers"][layer],
        scope.Graph.FloatInput("tokens", "cells", configuration.Width),
        scope.Graph.FloatInput("sampled", "cells", configuration.Width),
        transformer == SamTransformer ? 1 : configuration.Levels);

    private GraphBuilder OutputQuery(
        GraphScope scope, string transformer, GraphValue tokens, GraphValue positions, int layer)
    {
        DeformableQuery query = _layers.Prepare(scope[transformer]["encoder"]["layers"][layer], tokens, positions);
        if (layer == 0)
            scope.Graph.FloatOutput("placed", positions);
        scope.Graph.FloatOutput("tokens_out", tokens);
        scope.Graph.FloatOutput("value", query.Value);
        scope.Graph.FloatOutput("offsets", query.Offsets);
        scope.Graph.FloatOutput("weights", query.Weights);
        return scope.Graph;
    }

    private void OutputMaps(GraphScope scope, GraphValue tokens, GraphValue[] shapes)
    {
        GraphValue counts = Shaping.Concat(0, [.. shapes.Select(shape => shape.Slice(0, 2, 3) * shape.Slice(0, 3, 4))]);
        GraphValue[] parts = tokens.SplitBy(0, counts, configuration.Levels);
        GraphValue[] maps =
            [.. parts.Select((part, level) => PixelDecoderNetwork.ToMap(part, shapes[level], $"level{level}"))];
        for (int level = 0; level < configuration.Levels; level++)
            scope.Graph.FloatOutput($"level{level}", maps[level]);
        GraphValue finest = scope.Graph.FloatInput(
            "finest", 1, configuration.InputChannels[0], "mask_rows", "mask_columns");
        scope.Graph.FloatOutput("mask_features", _network.MaskFeatures(scope, finest, maps[^1]));
    }

    private GraphScope Begin(string name) => new(new GraphBuilder(name, target), weights, Prefix);
}
