using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Attention;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam.Encoding;

/// <summary>
/// SAM's image encoder as graphs: whole, or on the CPU in parts. The plain ViT is cut at the attentions over the whole
/// map, which <see cref="RelativeAttention"/> then does; TinyViT after every block. Inputs and outputs are float32
/// whatever the target computes in.
/// </summary>
/// <remarks>
/// Inside one graph ONNX Runtime gives the second block of a stage what the first one held, and frees nothing until
/// then: cut, MobileSAM's encoder wants 187 MB less.
/// </remarks>
/// <param name="configuration">Sizes.</param>
/// <param name="weights">Weights under official names.</param>
/// <param name="target">What to build for.</param>
internal sealed class SamEncoderGraphs(SamConfiguration configuration, IWeightSource weights, GraphTarget target)
{
    // HQ-SAM reads TinyViT's map behind this stage.
    private const int EarlyStage = 1;

    private int Cells => configuration.GridSize * configuration.GridSize;

    /// <summary>How many parts there are; 1 where the encoder is best left whole.</summary>
    public int PartCount => configuration.Encoder switch
    {
        VitEncoderConfiguration { HasRelativePositions: true } vit when target == GraphTarget.Cpu
            && RelativeAttention.Serves(configuration.GridSize, vit.HeadWidth) => vit.GlobalBlocks.Count + 1,
        TinyVitConfiguration tiny when target.Device is GraphDevice.Cpu => tiny.Depths.Sum() + 1,
        _ => 1,
    };

    /// <summary>
    /// <c>image</c> [1, 3, S, S] → <c>embedding</c> [1, C, grid, grid] and, with HQ, <c>early</c> [grid², E].
    /// </summary>
    public GraphBuilder Whole()
    {
        GraphScope scope = Begin("sam_image_encoder");
        GraphValue image = scope.Graph.FloatInput("image", 1, 3, configuration.ImageSize, configuration.ImageSize);
        (GraphValue tokens, GraphValue early) = configuration.Encoder switch
        {
            VitEncoderConfiguration vit => Encode(new VitImageEncoder(configuration, vit), vit, scope, image),
            TinyVitConfiguration tiny => Encode(new TinyVitImageEncoder(configuration, tiny), tiny, scope, image),
            _ => throw new NotSupportedException($"There is no encoder for {configuration.Encoder.GetType().Name}."),
        };
        return OutputEmbedding(scope, tokens, early);
    }

    /// <summary>
    /// One part: from <c>image</c>, or from <c>tokens</c>, what the part before gave as <c>tokens_out</c>; the last
    /// part gives the same as <see cref="Whole"/>. TinyViT's tokens are a map [1, C, h, w]. Those of the plain ViT
    /// [grid², D] come as they entered an attention, with what they <c>attended</c> to [grid², D]; beside them it gives
    /// <c>query</c>, <c>key</c>, <c>value</c> [grid², D], <c>rows</c>, <c>columns</c> [grid², heads, grid]. With HQ the
    /// part that ends the early features gives <c>early</c>.
    /// </summary>
    /// <param name="part">0..<see cref="PartCount"/>.</param>
    public GraphBuilder Part(int part) => configuration.Encoder is TinyVitConfiguration tiny
        ? Part(new TinyVitImageEncoder(configuration, tiny), tiny, part)
        : Part((VitEncoderConfiguration)configuration.Encoder, part);

    private GraphBuilder Part(VitEncoderConfiguration vit, int part)
    {
        var network = new VitImageEncoder(configuration, vit);
        int[] cuts = [.. vit.GlobalBlocks.Order()];
        GraphScope scope = Begin($"sam_image_encoder_{part}");
        GraphValue tokens = part == 0
            ? network.EmbedPatches(
                scope, scope.Graph.FloatInput("image", 1, 3, configuration.ImageSize, configuration.ImageSize))
            : network.Finish(
                scope,
                scope.Graph.FloatInput("tokens", Cells, vit.Width),
                scope.Graph.FloatInput("attended", Cells, vit.Width),
                cuts[part - 1]);
        if (part == 1 && configuration.IsHighQuality)
            scope.Graph.Output("early", tokens);
        int end = part < cuts.Length ? cuts[part] : vit.Depth;
        for (int block = part == 0 ? 0 : cuts[part - 1] + 1; block < end; block++)
            tokens = network.Block(scope, tokens, block);
        return part < cuts.Length
            ? OutputQuery(scope.Graph, tokens, network.Query(scope, tokens, end), vit)
            : OutputEmbedding(scope, tokens, early: null);
    }

    private GraphBuilder Part(TinyVitImageEncoder network, TinyVitConfiguration tiny, int part)
    {
        GraphScope scope = Begin($"sam_image_encoder_{part}");
        if (part == 0)
        {
            GraphValue image = scope.Graph.FloatInput("image", 1, 3, configuration.ImageSize, configuration.ImageSize);
            scope.Graph.FloatOutput("tokens_out", network.EmbedPatches(scope, image));
            return scope.Graph;
        }

        int stage = 0, block = part - 1;
        while (block >= tiny.Depths[stage])
            block -= tiny.Depths[stage++];
        (int width, int side) = network.MapOf(stage);
        GraphValue map = network.Block(scope, scope.Graph.FloatInput("tokens", 1, width, side, side), stage, block);
        bool endsStage = block == tiny.Depths[stage] - 1;
        if (endsStage && stage == EarlyStage && configuration.IsHighQuality)
            scope.Graph.FloatOutput("early", network.ToTokens(map));
        if (endsStage && stage == tiny.Depths.Count - 1)
            return OutputEmbedding(scope, network.ToTokens(map), early: null);
        scope.Graph.FloatOutput("tokens_out", map);
        return scope.Graph;
    }

    private GraphBuilder OutputQuery(
        GraphBuilder graph, GraphValue tokens, AttentionQuery query, VitEncoderConfiguration vit)
    {
        graph.Output("tokens_out", tokens);
        graph.Output("query", query.Query.Reshape(Cells, vit.Width));
        graph.Output("key", query.Key.Reshape(Cells, vit.Width));
        graph.Output("value", query.Value.Reshape(Cells, vit.Width));
        graph.Output("rows", query.Rows!.Reshape(Cells, vit.Heads, configuration.GridSize));
        graph.Output("columns", query.Columns!.Reshape(Cells, vit.Heads, configuration.GridSize));
        return graph;
    }

    private GraphBuilder OutputEmbedding(GraphScope scope, GraphValue tokens, GraphValue? early)
    {
        GraphValue embedding = SamNeck.Apply(scope["neck"], tokens, configuration.Channels, configuration.GridSize);
        scope.Graph.FloatOutput("embedding", embedding);
        if (configuration.IsHighQuality && early is not null)
            scope.Graph.FloatOutput("early", early);
        return scope.Graph;
    }

    private static (GraphValue Tokens, GraphValue Early) Encode(
        VitImageEncoder network, VitEncoderConfiguration encoder, GraphScope scope, GraphValue image)
    {
        GraphValue tokens = network.EmbedPatches(scope, image), early = tokens;
        for (int block = 0; block < encoder.Depth; block++)
        {
            tokens = network.Block(scope, tokens, block);
            if (block == (encoder.GlobalBlocks.Count > 0 ? encoder.GlobalBlocks[0] : 0))
                early = tokens;
        }

        return (tokens, early);
    }

    private static (GraphValue Tokens, GraphValue Early) Encode(
        TinyVitImageEncoder network, TinyVitConfiguration encoder, GraphScope scope, GraphValue image)
    {
        GraphValue map = network.EmbedPatches(scope, image), early = map;
        for (int stage = 0; stage < encoder.Depths.Count; stage++)
        {
            map = network.Stage(scope, map, stage);
            if (stage == EarlyStage)
                early = map;
        }

        return (network.ToTokens(map), network.ToTokens(early));
    }

    private GraphScope Begin(string name) => new(new GraphBuilder(name, target), weights, "image_encoder");
}
