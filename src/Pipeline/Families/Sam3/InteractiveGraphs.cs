using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam3.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>The interactive head as graphs (sam3.md 5). Inputs and outputs are float32.</summary>
/// <param name="configuration">Sizes.</param>
/// <param name="weights">Under the names of <c>sam3.pt</c>.</param>
/// <param name="target">What to build for.</param>
internal sealed class InteractiveGraphs(Sam3Configuration configuration, IWeightSource weights, GraphTarget target)
{
    private const string Tracker = "tracker";

    private readonly InteractiveDecoder _decoder = new(configuration);

    private int Cells => configuration.Grid * configuration.Grid;

    /// <summary>Every tensor that the head needs beside the vision backbone, with the shape it must have.</summary>
    public static IReadOnlyDictionary<string, TensorShape> Requirements(Sam3Configuration configuration)
    {
        var graphs = new InteractiveGraphs(configuration, NoWeights.Instance, GraphTarget.Cpu);
        var requirements = new Dictionary<string, TensorShape>();
        GraphBuilder[] parts =
            [graphs.Picture(), graphs.MaskPrompt(), graphs.Prepare(), graphs.Tokens(), graphs.Masks()];
        foreach ((string name, TensorShape shape) in parts.SelectMany(part => part.Requirements))
            requirements[name] = shape;
        return requirements;
    }

    /// <summary>
    /// <c>tokens</c> <c>[G², D]</c> → <c>coarse</c> <c>[1, d, G, G]</c>, <c>fine</c> <c>[1, d/8, 4 G, 4 G]</c> and
    /// <c>middle</c> <c>[1, d/4, 2 G, 2 G]</c> of the head's own neck.
    /// </summary>
    public GraphBuilder Picture()
    {
        (GraphBuilder graph, GraphScope root) = Begin("sam3_interactive_picture");
        GraphValue tokens = graph.FloatInput("tokens", Cells, configuration.VisionWidth);
        (GraphValue fine, GraphValue middle, GraphValue coarse) =
            new Sam3Neck(configuration)
                .Apply(root[Sam3Graphs.Detector]["backbone"]["vision_backbone"]["sam2_convs"], tokens);
        (fine, middle) = _decoder.Narrow(root[Tracker], fine, middle);
        graph.FloatOutput("fine", fine);
        graph.FloatOutput("middle", middle);
        graph.FloatOutput("coarse", coarse);
        return graph;
    }

    /// <summary>
    /// <c>mask</c> <c>[1, 1, 4 G, 4 G]</c> → <c>dense</c> <c>[1, d, G, G]</c> and, for no mask, <c>none</c>.
    /// </summary>
    public GraphBuilder MaskPrompt()
    {
        (GraphBuilder graph, GraphScope root) = Begin("sam3_interactive_mask");
        GraphScope prompts = root[Tracker]["sam_prompt_encoder"];
        GraphValue mask = graph.FloatInput("mask", 1, 1, configuration.MaskSize, configuration.MaskSize);
        graph.FloatOutput("dense", _decoder.Prompts.EncodeMask(prompts, mask));
        graph.FloatOutput("none", _decoder.Prompts.NoMask(prompts));
        return graph;
    }

    /// <summary>
    /// <c>coarse</c> and <c>dense</c> → what decoding needs of a picture: <c>cells</c>, <c>key</c>, <c>value</c>,
    /// <c>query</c>.
    /// </summary>
    public GraphBuilder Prepare()
    {
        (GraphBuilder graph, GraphScope root) = Begin("sam3_interactive_prepare");
        GraphValue coarse = graph.FloatInput("coarse", 1, configuration.Width, configuration.Grid, configuration.Grid);
        DecoderImage image = _decoder.Prepare(
            root[Tracker], coarse, graph.FloatInput("dense", 1, configuration.Width, "rows", "columns"));
        graph.FloatOutput("cells", image.Tokens);
        graph.FloatOutput("key", image.Key);
        graph.FloatOutput("value", image.Value);
        graph.FloatOutput("query", image.Query);
        return graph;
    }

    /// <summary>
    /// <c>points</c> <c>[B, N, 2]</c>, <c>labels</c> <c>[B, N]</c> and the prepared picture → <c>iou</c> <c>[B, 4]</c>,
    /// <c>object</c> <c>[B, 1]</c>, <c>weights</c> <c>[B, 4, d/8]</c>, <c>prompt_cells</c> <c>[1, B·G², d]</c>,
    /// <c>sparse</c> and <c>tokens</c>.
    /// </summary>
    public GraphBuilder Tokens()
    {
        (GraphBuilder graph, GraphScope root) = Begin("sam3_interactive_tokens");
        int crossWidth = configuration.Width / 2;
        GraphValue points = graph.FloatInput("points", "prompts", "points", 2);
        GraphValue labels = graph.Input("labels", ElementType.Int64, "prompts", "points");
        var image = new DecoderImage(
            graph.FloatInput("cells", Cells, configuration.Width),
            graph.FloatInput("key", 1, Cells, crossWidth),
            graph.FloatInput("value", 1, Cells, crossWidth),
            graph.FloatInput("query", Cells, crossWidth));
        GraphScope tracker = root[Tracker];
        GraphValue sparse = _decoder.Prompts.EncodePoints(tracker["sam_prompt_encoder"], points, labels);
        (GraphValue tokens, DecoderCells attended) = _decoder.Attend(tracker, sparse, image);
        graph.FloatOutput("iou", _decoder.PredictIoU(tracker, tokens));
        graph.FloatOutput("object", _decoder.ObjectLogit(tracker, tokens));
        graph.FloatOutput("weights", _decoder.Hypernetworks(tracker, tokens));
        graph.FloatOutput("prompt_cells", attended.Rows);
        graph.FloatOutput("sparse", sparse);
        graph.FloatOutput("tokens", tokens);
        return graph;
    }

    /// <summary>
    /// <c>prompt_cells</c>, the <c>prompts</c> [P] wanted of them, their <c>weights</c> <c>[P, M, d/8]</c> and the
    /// picture's <c>fine</c> and <c>middle</c> maps → <c>masks</c> <c>[P, M, 4 G, 4 G]</c>.
    /// </summary>
    public GraphBuilder Masks()
    {
        (GraphBuilder graph, GraphScope root) = Begin("sam3_interactive_masks");
        GraphValue cells = graph.FloatInput("prompt_cells", 1, "cells", configuration.Width)
            .Reshape(Dimension.Rest, Cells, configuration.Width);
        GraphValue wanted = graph.Input("prompts", ElementType.Int64, "prompts");
        GraphValue maskWeights = graph.FloatInput("weights", "prompts", "masks", configuration.Width / 8);
        GraphValue fine = graph.FloatInput(
            "fine", 1, configuration.Width / 8, configuration.MaskSize, configuration.MaskSize);
        GraphValue middle = graph.FloatInput(
            "middle", 1, configuration.Width / 4, 2 * configuration.Grid, 2 * configuration.Grid);
        graph.FloatOutput("masks", _decoder.Masks(
            root[Tracker], cells.Gather(wanted), maskWeights, fine, middle));
        return graph;
    }

    private (GraphBuilder Graph, GraphScope Root) Begin(string name)
    {
        var graph = new GraphBuilder(name, target);
        return (graph, new GraphScope(graph, weights, ""));
    }
}
