using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam.Cells;

/// <summary>
/// The graphs around the passes over cells: what a picture gives them once (<see cref="PictureTables"/>), and what
/// tokens do before, between and after them.
/// </summary>
/// <param name="configuration">Sizes.</param>
/// <param name="weights">Weights under official names.</param>
internal sealed class CellGraphs(SamConfiguration configuration, IWeightSource weights)
{
    private readonly MaskDecoder _decoder = new(configuration);
    private readonly TokenBlocks _blocks = new(configuration);

    private int Cells => configuration.GridSize * configuration.GridSize;

    private int HeadWidth => configuration.Channels / 2 / configuration.DecoderHeads;

    /// <summary>
    /// <c>embedding</c> [1, C, grid, grid], <c>dense</c> [1, C, grid, grid] or [1, C, 1, 1] → the tables of
    /// <see cref="PictureTables"/>.
    /// </summary>
    public GraphBuilder Picture()
    {
        GraphScope root = Begin("sam_picture_tables");
        GraphBuilder graph = root.Graph;
        GraphValue embedding = graph.FloatInput(
            "embedding", 1, configuration.Channels, configuration.GridSize, configuration.GridSize);
        GraphValue dense = graph.FloatInput("dense", 1, configuration.Channels, "rows", "columns");
        GraphValue positions = PositionEncoding.EncodeGrid(
            root["prompt_encoder"], configuration.GridSize, configuration.Channels);
        new PictureTables(configuration).Output(
            root["mask_decoder"], (embedding + dense)
                .Reshape(configuration.Channels, Cells), positions.Transpose(1, 0));
        return graph;
    }

    /// <summary>
    /// <c>points</c> [B, N, 2], <c>labels</c> [B, N] → <c>prompts</c> [B, T, C], <c>tokens</c> [B, T, C] after
    /// attending to themselves, <c>query</c> [B, H, T, d].
    /// </summary>
    public GraphBuilder Prompts()
    {
        GraphScope root = Begin("sam_prompt_tokens");
        GraphBuilder graph = root.Graph;
        GraphValue points = graph.FloatInput("points", "prompts", "points", 2);
        GraphValue labels = graph.Input("labels", ElementType.Int64, "prompts", "points");
        GraphValue sparse = new PromptEncoder(configuration).EncodePoints(root["prompt_encoder"], points, labels);
        GraphValue prompts = _decoder.Tokens(root, sparse);
        GraphScope block = Block(root, 0);
        GraphValue tokens = _blocks.AttendFirst(block, prompts);
        graph.FloatOutput("prompts", prompts);
        graph.FloatOutput("tokens", tokens);
        graph.FloatOutput("query", _blocks.Query(block["cross_attn_token_to_image"], tokens + prompts));
        return graph;
    }

    /// <summary>
    /// <c>prompts</c>, <c>tokens</c> and what they <c>attended</c> to [B, H, T, d] → the write of the first block
    /// (<c>key</c>, <c>own</c> [B, H, T, d], <c>gram</c> [B, P, P]), the read of the second (<c>query</c> [B, H, T, d],
    /// <c>carried</c> [B, P, P]), <c>tokens_out</c>, and what the write adds to a cell, <c>spread</c> [B, P, C]. P =
    /// H·T.
    /// </summary>
    public GraphBuilder FirstBlock()
    {
        GraphScope root = Begin("sam_tokens_0");
        GraphBuilder graph = root.Graph;
        (GraphValue prompts, GraphValue tokens, GraphValue attended) = Inputs(graph);
        GraphScope block = Block(root, 0), next = Block(root, 1);
        GraphValue read = _blocks.Read(block["cross_attn_token_to_image"], attended);
        tokens = _blocks.Perceive(block, block["norm2"].LayerNorm(tokens + read, TokenBlocks.Epsilon));

        GraphScope toTokens = block["cross_attn_image_to_token"];
        GraphValue value = _blocks.Value(toTokens, tokens);
        GraphValue added = PictureTables.Centred(_blocks.Written(toTokens, value, shift: null), axis: -1);
        GraphValue spread = added * block["norm4"].Weight("weight", configuration.Channels);
        graph.FloatOutput("key", _blocks.Key(toTokens, tokens + prompts));
        graph.FloatOutput("own", (value * 2).Reshape(value[0], Dimension.Rest, HeadWidth));
        graph.FloatOutput("gram", added.MatMulTransposed(added));

        tokens = _blocks.AttendNext(next, tokens, prompts);
        GraphScope toImage = next["cross_attn_token_to_image"];
        GraphValue query = _blocks.Query(toImage, tokens + prompts);
        graph.FloatOutput("query", query);
        graph.FloatOutput("carried", _blocks.Carry(query, toImage["k_proj"]).MatMulTransposed(spread));
        graph.FloatOutput("tokens_out", tokens);
        graph.FloatOutput("spread", spread);
        return graph;
    }

    /// <summary>
    /// <c>prompts</c>, <c>tokens</c>, what they <c>attended</c> to of the picture [B, H, T, d] and <c>summed</c> of the
    /// first write [B, H, T, P], whose <c>spread</c> and <c>own_in</c> are given → the write of the second block
    /// (<c>key</c>, <c>own</c> [B, 2P, d], <c>carried_key</c> [B, P, P], <c>gram</c> [B, P, 2P], <c>last_gram</c> [B,
    /// P, P]), the last read (<c>query</c>, <c>carried</c> [B, P, 2P]), <c>tokens_out</c>, and what both writes add to
    /// a cell, <c>spread_out</c> [B, 2P, C].
    /// </summary>
    public GraphBuilder SecondBlock()
    {
        GraphScope root = Begin("sam_tokens_1");
        GraphBuilder graph = root.Graph;
        (GraphValue prompts, GraphValue tokens, GraphValue attended) = Inputs(graph);
        GraphValue summed = graph.FloatInput("summed", "prompts", configuration.DecoderHeads, "tokens", "pairs");
        GraphValue spread = graph.FloatInput("spread", "prompts", "pairs", configuration.Channels);
        GraphValue own = graph.FloatInput("own_in", "prompts", "pairs", HeadWidth);
        GraphScope before = Block(root, 0), block = Block(root, 1);
        GraphScope last = root["mask_decoder"]["transformer"]["final_attn_token_to_image"];
        GraphScope toImage = block["cross_attn_token_to_image"];
        GraphValue shift = before["norm4"].Weight("bias", configuration.Channels);
        GraphValue read = _blocks.Read(toImage, attended + _blocks.Mixed(toImage, summed, spread, shift));
        tokens = _blocks.Perceive(block, block["norm2"].LayerNorm(tokens + read, TokenBlocks.Epsilon));

        GraphScope toTokens = block["cross_attn_image_to_token"];
        GraphValue key = _blocks.Key(toTokens, tokens + prompts), value = _blocks.Value(toTokens, tokens);
        GraphValue first = PictureTables.Centred(spread, axis: -1);
        GraphValue second = PictureTables.Centred(_blocks.Written(toTokens, value, shift), axis: -1);
        GraphValue both = Shaping.Concat(1, first, second);
        graph.FloatOutput("key", key);
        graph.FloatOutput("carried_key", _blocks.Carry(key, toTokens["q_proj"]).MatMulTransposed(spread));
        graph.FloatOutput("own", Shaping.Concat(1, own, (value * 2).Reshape(value[0], Dimension.Rest, HeadWidth)));
        // A cell's squared length is symmetric in its parts: products of the first with the second count twice.
        graph.FloatOutput("gram", first.MatMulTransposed(Shaping.Concat(1, first, second * 2)));
        graph.FloatOutput("last_gram", second.MatMulTransposed(second));

        GraphValue query = _blocks.Query(last, tokens + prompts);
        GraphValue carried = _blocks.Carry(query, last["k_proj"]) * block["norm4"].Weight(
            "weight", configuration.Channels);
        graph.FloatOutput("query", query);
        graph.FloatOutput("carried", carried.MatMulTransposed(both));
        graph.FloatOutput("tokens_out", tokens);
        graph.FloatOutput("spread_out", both);
        return graph;
    }

    /// <summary>
    /// <c>prompts</c>, <c>tokens</c>, what they <c>attended</c> to of the picture [B, H, T, d] and <c>summed</c> of
    /// both writes [B, H, T, 2P], whose <c>spread</c> [B, 2P, C] is given → <c>iou</c> [B, 4], <c>weights</c> [B, 4,
    /// C/8], <c>upscaled</c> [B, C, 2P]: what both writes add to a cell's four pixels after the first step of
    /// upscaling.
    /// </summary>
    public GraphBuilder Answers()
    {
        GraphScope root = Begin("sam_answers");
        GraphBuilder graph = root.Graph;
        (GraphValue prompts, GraphValue tokens, GraphValue attended) = Inputs(graph);
        GraphValue summed = graph.FloatInput("summed", "prompts", configuration.DecoderHeads, "tokens", "pairs");
        GraphValue spread = graph.FloatInput("spread", "prompts", "pairs", configuration.Channels);
        GraphScope transformer = root["mask_decoder"]["transformer"], norm = Block(root, 1)["norm4"];
        GraphScope last = transformer["final_attn_token_to_image"];
        GraphValue scaled = spread * norm.Weight("weight", configuration.Channels);
        GraphValue read = _blocks.Read(
            last, attended + _blocks.Mixed(last, summed, scaled, norm.Weight("bias", configuration.Channels)));
        tokens = transformer["norm_final_attn"].LayerNorm(tokens + read, TokenBlocks.Epsilon);
        graph.FloatOutput("iou", _decoder.PredictIoU(root, tokens));
        graph.FloatOutput("weights", _decoder.Hypernetworks(root, tokens));
        GraphScope upscaling = root["mask_decoder"]["output_upscaling"]["0"];
        graph.FloatOutput(
            "upscaled", TransposedConvolution.Weight(upscaling, configuration.Channels, configuration.Channels / 4)
            .MatMulTransposed(scaled));
        return graph;
    }

    private (GraphValue Prompts, GraphValue Tokens, GraphValue Attended) Inputs(GraphBuilder graph) => (
        graph.FloatInput("prompts", "prompts", "tokens", configuration.Channels),
        graph.FloatInput("tokens", "prompts", "tokens", configuration.Channels),
        graph.FloatInput("attended", "prompts", configuration.DecoderHeads, "tokens", HeadWidth));

    private GraphScope Begin(string name) => new(new GraphBuilder(name, GraphTarget.Cpu), weights, "");

    private static GraphScope Block(GraphScope root, int layer) => root["mask_decoder"]["transformer"]["layers"][layer];
}
