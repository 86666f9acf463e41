using FrozenSeg.Pipeline.Families.Sam3.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>
/// The image model as graphs, cut where work can be kept: what depends on the picture alone, on a phrase alone, on
/// exemplars, on picture and prompt, and the masks of the queries that are kept. Inputs and outputs are float32.
/// </summary>
/// <param name="configuration">Sizes.</param>
/// <param name="weights">Under the names of <c>sam3.pt</c>.</param>
/// <param name="target">What to build for.</param>
internal sealed class Sam3Graphs(Sam3Configuration configuration, IWeightSource weights, GraphTarget target)
{
    /// <summary>Where the image model's weights are.</summary>
    public const string Detector = "detector";

    private int Cells => configuration.Grid * configuration.Grid;

    /// <summary>
    /// <c>image</c> <c>[1, 3, S, S]</c> → <c>tokens</c> <c>[G², D]</c>: all that any part sees of a picture.
    /// </summary>
    public GraphBuilder Vision()
    {
        GraphScope root = Root("sam3_vision");
        GraphValue image = root.Graph.FloatInput("image", 1, 3, configuration.ImageSize, configuration.ImageSize);
        root.Graph.FloatOutput(
            "tokens", new Sam3VisionEncoder(configuration).Apply(root["backbone"]["vision_backbone"]["trunk"], image));
        return root.Graph;
    }

    /// <summary>
    /// <c>tokens</c> <c>[G², D]</c> → what masks need of the neck's <c>fine</c> and <c>middle</c> maps, its coarse one
    /// as rows <c>coarse</c> <c>[G², d]</c>, <c>looked</c> (the fusion encoder's first self-attention) and <c>cls</c>
    /// <c>[1, d]</c>, the prompt token that only looks at the picture.
    /// </summary>
    public GraphBuilder Picture()
    {
        GraphScope root = Root("sam3_picture");
        GraphValue tokens = root.Graph.FloatInput("tokens", Cells, configuration.VisionWidth);
        (GraphValue fine, GraphValue middle, GraphValue coarseMap) =
            new Sam3Neck(configuration).Apply(root["backbone"]["vision_backbone"]["convs"], tokens);
        GraphValue coarse = Sam3Layers.ToRows(coarseMap), positions = Positions(root.Graph);
        var geometry = new GeometryEncoder(configuration);
        GraphScope exemplars = root["geometry_encoder"];
        (middle, fine) = new Sam3MaskHead(configuration).Prepare(root["segmentation_head"], middle, fine);
        root.Graph.FloatOutput("fine", fine);
        root.Graph.FloatOutput("middle", middle);
        root.Graph.FloatOutput("coarse", coarse);
        root.Graph.FloatOutput("cls", geometry.Encode(exemplars, geometry.Tokens(exemplars), coarse, positions));
        root.Graph.FloatOutput(
            "looked", new FusionEncoder(configuration).Look(root["transformer"]["encoder"], coarse, positions, 0));
        return root.Graph;
    }

    /// <summary><c>ids</c> and <c>positions</c>, int64 [n] → <c>memory</c> <c>[n, d]</c>.</summary>
    public GraphBuilder Text()
    {
        GraphScope root = Root("sam3_text");
        GraphValue ids = root.Graph.Input("ids", ElementType.Int64, "tokens");
        GraphValue positions = root.Graph.Input("positions", ElementType.Int64, "tokens");
        root.Graph.FloatOutput(
            "memory", new Sam3TextEncoder(configuration).Apply(root["backbone"]["language_backbone"], ids, positions));
        return root.Graph;
    }

    /// <summary>
    /// <c>coarse</c> <c>[G², d]</c>, <c>boxes</c> <c>[k, 4]</c>, <c>labels</c> int64 [k], <c>rows</c> <c>[k, 1, 7,
    /// G]</c> and <c>columns</c> <c>[k, 1, G, 7]</c> → <c>tokens</c> <c>[k + 1, d]</c>. k is at least 1.
    /// </summary>
    public GraphBuilder Exemplars()
    {
        GraphScope root = Root("sam3_exemplars");
        GraphBuilder graph = root.Graph;
        GraphValue coarse = graph.FloatInput("coarse", Cells, configuration.Width);
        GraphValue boxes = graph.FloatInput("boxes", "boxes", 4);
        GraphValue labels = graph.Input("labels", ElementType.Int64, "boxes");
        GraphValue rows = graph.FloatInput("rows", "boxes", 1, configuration.PoolSize, configuration.Grid);
        GraphValue columns = graph.FloatInput("columns", "boxes", 1, configuration.Grid, configuration.PoolSize);
        var geometry = new GeometryEncoder(configuration);
        GraphScope scope = root["geometry_encoder"];
        GraphValue tokens = geometry.Tokens(
            scope, geometry.Boxes(scope, geometry.Pooled(scope, coarse), boxes, labels, rows, columns));
        graph.FloatOutput("tokens", geometry.Encode(scope, tokens, coarse, Positions(graph)));
        return graph;
    }

    /// <summary>
    /// <c>looked</c> <c>[G², d]</c> and <c>prompt</c> <c>[m, d]</c> → the fused <c>cells</c> <c>[G², d]</c>,
    /// <c>queries</c> <c>[Q, d]</c>, their <c>boxes</c> <c>[Q, 4]</c> and <c>scores</c> <c>[Q]</c>, and <c>presence</c>
    /// <c>[1, 1]</c>; the last two are logits.
    /// </summary>
    public GraphBuilder Detection()
    {
        GraphScope root = Root("sam3_detection");
        GraphBuilder graph = root.Graph;
        GraphValue looked = graph.FloatInput("looked", Cells, configuration.Width);
        GraphValue prompt = graph.FloatInput("prompt", "rows", configuration.Width);
        GraphValue positions = Positions(graph);
        GraphValue cells = new FusionEncoder(configuration)
            .Apply(root["transformer"]["encoder"], looked, prompt, positions);
        var decoder = new DetectionDecoder(configuration);
        GraphScope scope = root["transformer"]["decoder"];
        DecoderState state = decoder.Start(scope);
        for (int layer = 0; layer < configuration.DecoderLayers; layer++)
            state = decoder.Layer(scope, state, cells, positions, prompt, layer);
        GraphValue queries = state.Queries ?? throw new GraphException("A decoder has a layer at least.");
        graph.FloatOutput("cells", cells);
        graph.FloatOutput("queries", queries);
        graph.FloatOutput("boxes", state.Boxes);
        graph.FloatOutput("scores", decoder.Scores(root["dot_prod_scoring"], queries, prompt));
        graph.FloatOutput("presence", decoder.Presence(scope, state));
        return graph;
    }

    /// <summary>
    /// <c>cells</c> <c>[G², d]</c>, <c>prompt</c> <c>[m, d]</c>, <c>middle</c>, <c>fine</c> and the <c>queries</c> that
    /// are kept <c>[k, d]</c> → <c>masks</c> <c>[k, 4 G, 4 G]</c> and <c>semantic</c> <c>[4 G, 4 G]</c>, logits.
    /// </summary>
    public GraphBuilder Masks()
    {
        GraphScope root = Root("sam3_masks");
        GraphBuilder graph = root.Graph;
        GraphValue cells = graph.FloatInput("cells", Cells, configuration.Width);
        GraphValue prompt = graph.FloatInput("prompt", "rows", configuration.Width);
        GraphValue middle = graph.FloatInput(
            "middle", 1, configuration.Width, 2 * configuration.Grid, 2 * configuration.Grid);
        GraphValue fine = graph.FloatInput(
            "fine", 1, configuration.Width, configuration.MaskSize, configuration.MaskSize);
        GraphValue queries = graph.FloatInput("queries", "kept", configuration.Width);
        var head = new Sam3MaskHead(configuration);
        GraphScope scope = root["segmentation_head"];
        GraphValue pixels = head.Pixels(scope, head.Look(scope, cells, prompt), middle, fine);
        graph.FloatOutput("masks", head.Masks(scope, pixels, head.Vectors(scope, queries)));
        graph.FloatOutput("semantic", head.Semantic(scope, pixels));
        return graph;
    }

    /// <summary>Every tensor of the image model, without the interactive head, with the shape it must have.</summary>
    public static IReadOnlyDictionary<string, TensorShape> Requirements(Sam3Configuration configuration)
    {
        var graphs = new Sam3Graphs(configuration, NoWeights.Instance, GraphTarget.Cpu);
        var requirements = new Dictionary<string, TensorShape>();
        GraphBuilder[] parts =
            [graphs.Vision(), graphs.Picture(), graphs.Text(), graphs.Exemplars(), graphs.Detection(), graphs.Masks()];
        foreach ((string name, TensorShape shape) in parts.SelectMany(part => part.Requirements))
            requirements[name] = shape;
        return requirements;
    }

    private GraphScope Root(string name) => new GraphScope(new GraphBuilder(name, target), weights, "")[Detector];

    private GraphValue Positions(GraphBuilder graph) =>
        graph.Floats(new SineCode(configuration.Width).Map(configuration.Grid), Cells, configuration.Width);
}
