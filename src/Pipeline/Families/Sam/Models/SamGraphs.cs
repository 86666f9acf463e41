using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam.Models;

/// <summary>
/// The graphs of a SAM network. Inputs and outputs are float32 whatever the target computes in.
/// </summary>
/// <param name="configuration">Sizes.</param>
/// <param name="weights">Weights under official names.</param>
/// <param name="target">What to build for.</param>
internal sealed class SamGraphs(SamConfiguration configuration, IWeightSource weights, GraphTarget target)
{
    private readonly PromptEncoder _prompts = new(configuration);
    private readonly MaskDecoder _decoder = new(configuration);

    /// <summary>Names and shapes of all tensors a network of these sizes needs.</summary>
    public static IReadOnlyDictionary<string, TensorShape> Requirements(SamConfiguration configuration)
    {
        var graphs = new SamGraphs(configuration, NoWeights.Instance, GraphTarget.Cpu);
        var requirements = new Dictionary<string, TensorShape>();
        foreach (GraphBuilder graph in new[]
            { graphs.ImageEncoder(), graphs.DecoderImage(), graphs.MaskPrompt(), graphs.Tokens(), graphs.Masks() })
        {
            foreach ((string name, TensorShape shape) in graph.Requirements)
                requirements[name] = shape;
        }

        return requirements;
    }

    /// <summary>The image encoder in one piece.</summary>
    public GraphBuilder ImageEncoder() => new SamEncoderGraphs(configuration, weights, target).Whole();

    /// <summary>
    /// <c>embedding</c> [1, C, grid, grid], <c>dense</c> [1, C, grid, grid] and, with HQ, <c>early</c> → what the
    /// decoder needs of a picture: <c>cells</c>, <c>key</c>, <c>value</c>, <c>query</c>, with HQ <c>features</c>.
    /// </summary>
    public GraphBuilder DecoderImage()
    {
        (GraphBuilder graph, GraphScope root) = Begin("sam_decoder_image");
        GraphValue embedding = graph.FloatInput(
            "embedding", 1, configuration.Channels, configuration.GridSize, configuration.GridSize);
        GraphValue dense = graph.FloatInput("dense", 1, configuration.Channels, "rows", "columns");
        DecoderImage image = _decoder.Prepare(root, embedding, dense);
        graph.FloatOutput("cells", image.Tokens);
        graph.FloatOutput("key", image.Key);
        graph.FloatOutput("value", image.Value);
        graph.FloatOutput("query", image.Query);
        if (configuration.IsHighQuality)
        {
            GraphValue early = graph.FloatInput(
                "early", configuration.GridSize * configuration.GridSize, configuration.Encoder.EarlyChannels);
            graph.FloatOutput(
                "features", new HighQualityDecoder(configuration, _decoder).Features(root, embedding, early));
        }

        return graph;
    }

    /// <summary>
    /// <c>mask</c> [1, 1, 4·grid, 4·grid] → <c>dense</c> [1, C, grid, grid] and, for no mask, <c>none</c> [1, C, 1, 1].
    /// </summary>
    public GraphBuilder MaskPrompt()
    {
        (GraphBuilder graph, GraphScope root) = Begin("sam_mask_prompt");
        GraphValue mask = graph.FloatInput("mask", 1, 1, configuration.MaskSize, configuration.MaskSize);
        graph.FloatOutput("dense", _prompts.EncodeMask(root["prompt_encoder"], mask));
        graph.FloatOutput("none", _prompts.NoMask(root["prompt_encoder"]));
        return graph;
    }

    /// <summary>
    /// <c>points</c> [B, N, 2], <c>labels</c> [B, N] and the prepared picture → <c>iou</c> [B, 4], <c>weights</c>
    /// [B, 4, C/8] (with HQ [B, 5, C/8]), <c>prompt_cells</c> [1, B·grid², C], <c>sparse</c> [B, N, C], <c>tokens</c>.
    /// </summary>
    public GraphBuilder Tokens()
    {
        (GraphBuilder graph, GraphScope root) = Begin("sam_tokens");
        int cells = configuration.GridSize * configuration.GridSize, crossWidth = configuration.Channels / 2;
        GraphValue points = graph.FloatInput("points", "prompts", "points", 2);
        GraphValue labels = graph.Input("labels", ElementType.Int64, "prompts", "points");
        var image = new DecoderImage(
            graph.FloatInput("cells", cells, configuration.Channels),
            graph.FloatInput("key", 1, cells, crossWidth),
            graph.FloatInput("value", 1, cells, crossWidth),
            graph.FloatInput("query", cells, crossWidth));

        GraphValue sparse = _prompts.EncodePoints(root["prompt_encoder"], points, labels);
        (GraphValue tokens, DecoderCells attended) = _decoder.Attend(root, sparse, image);
        graph.FloatOutput("iou", _decoder.PredictIoU(root, tokens));
        graph.FloatOutput("weights", _decoder.Hypernetworks(root, tokens));
        graph.FloatOutput("prompt_cells", attended.Rows);
        graph.FloatOutput("sparse", sparse);
        graph.FloatOutput("tokens", tokens);
        return graph;
    }

    /// <summary>
    /// <c>prompt_cells</c> [1, B·grid², C], the <c>prompts</c> [P] wanted of them and mask weights <c>weights</c>
    /// [P, M, C/8] → <c>masks</c> [P, M, 4·grid, 4·grid]; with HQ also <c>hq_weights</c> [P, 1, C/8] and
    /// <c>features</c> → <c>hq_masks</c> [P, 1, 4·grid, 4·grid].
    /// </summary>
    public GraphBuilder Masks()
    {
        (GraphBuilder graph, GraphScope root) = Begin("sam_masks");
        GraphValue cells = graph.FloatInput("prompt_cells", 1, "cells", configuration.Channels)
            .Reshape(Dimension.Rest, configuration.GridSize * configuration.GridSize, configuration.Channels);
        GraphValue wanted = graph.Input("prompts", ElementType.Int64, "prompts");
        GraphValue maskWeights = graph.FloatInput("weights", "prompts", "masks", configuration.Channels / 8);
        GraphValue pixels = _decoder.Upscale(root, cells.Gather(wanted));
        graph.FloatOutput("masks", _decoder.Masks(maskWeights, pixels));
        if (configuration.IsHighQuality)
        {
            GraphValue extra = graph.FloatInput("hq_weights", "prompts", 1, configuration.Channels / 8);
            GraphValue features = graph.FloatInput(
                "features", 1, configuration.Channels / 8, configuration.MaskSize, configuration.MaskSize);
            graph.FloatOutput(
                "hq_masks", new HighQualityDecoder(configuration, _decoder).Mask(root, extra, pixels, features));
        }

        return graph;
    }

    private (GraphBuilder Graph, GraphScope Root) Begin(string name)
    {
        var graph = new GraphBuilder(name, target);
        return (graph, new GraphScope(graph, weights, ""));
    }
}
