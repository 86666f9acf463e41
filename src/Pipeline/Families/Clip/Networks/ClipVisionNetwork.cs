using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Clip.Networks;

/// <summary>CLIP's vision transformer (car.md 1): patches and a class token, blocks, projection.</summary>
/// <param name="configuration">Sizes.</param>
internal sealed class ClipVisionNetwork(ClipVisionConfiguration configuration)
{
    /// <summary>The blocks.</summary>
    public ClipTransformer Transformer { get; } = new(
        configuration.Width, configuration.Heads, configuration.Activation, isCausal: false);

    /// <summary>
    /// <c>images</c> [N, 3, H, W] → <c>features</c> [N, E] of the class token, of length 1.
    /// </summary>
    /// <param name="weights">Under OpenAI's names.</param>
    /// <param name="target">What to build for.</param>
    /// <param name="blocks">How many blocks are run; CaR's released classifier leaves the last one out.</param>
    /// <param name="roundPositions">Whether positions are rounded to half precision, as in CaR.</param>
    public GraphBuilder Graph(IWeightSource weights, GraphTarget target, int blocks, bool roundPositions)
    {
        var graph = new GraphBuilder("clip_image", target);
        GraphScope scope = new GraphScope(graph, weights, "")["visual"];
        GraphValue images = graph.FloatInput("images", "images", 3, "height", "width");
        GraphValue tokens = Embed(scope, images, roundPositions);
        for (int block = 0; block < blocks - 1; block++)
            tokens = Transformer.Block(Block(scope, block), tokens);
        GraphValue pooled = blocks > 0
            ? Transformer.FirstToken(Block(scope, blocks - 1), tokens)
            : tokens.Slice(1, 0, 1);
        GraphValue normed = scope["ln_post"]
            .LayerNorm(pooled.Reshape(Dimension.Rest, configuration.Width), ClipTransformer.Epsilon);
        graph.FloatOutput("features", Project(scope, normed).L2Normalise());
        return graph;
    }

    /// <summary>The scope of a block.</summary>
    public static GraphScope Block(GraphScope scope, int index) => scope["transformer"]["resblocks"][index];

    /// <summary>Patches, class token first, plus positions, through the first layer norm.</summary>
    /// <param name="scope">At <c>visual</c>.</param>
    /// <param name="images"><c>[N, 3, H, W]</c>, whole patches.</param>
    /// <param name="roundPositions">Whether positions are rounded to half precision.</param>
    /// <returns><c>[N, L, D]</c>.</returns>
    public GraphValue Embed(GraphScope scope, GraphValue images, bool roundPositions)
    {
        GraphBuilder graph = images.Graph;
        GraphValue map = scope["conv1"]
            .Conv(images, configuration.Width, configuration.PatchSize, configuration.PatchSize, bias: false);
        GraphValue patches = map.Reshape(map[0], configuration.Width, Dimension.Rest).Transpose(0, 2, 1);
        GraphValue classToken = scope.Weight("class_embedding", configuration.Width)
            .Reshape(1, 1, configuration.Width)
            .Expand(
                Shaping.Concat(0, map.ShapeOf(0, 1), graph.Integers(1, configuration.Width)),
                map[0],
                1,
                configuration.Width);
        GraphValue tokens = Shaping.Concat(1, classToken, patches) + Positions(scope, map, roundPositions);
        return scope["ln_pre"].LayerNorm(tokens, ClipTransformer.Epsilon);
    }

    /// <summary>
    /// Positions for a map of patches: the trained grid resized bilinearly, the class token's as it is.
    /// </summary>
    /// <param name="scope">At <c>visual</c>.</param>
    /// <param name="map"><c>[N, D, h, w]</c>; only its size is used.</param>
    /// <param name="round">Whether to round to half precision.</param>
    /// <returns><c>[1, L, D]</c>.</returns>
    public GraphValue Positions(GraphScope scope, GraphValue map, bool round)
    {
        GraphBuilder graph = map.Graph;
        int grid = configuration.GridSize, width = configuration.Width;
        GraphValue stored = scope.Weight("positional_embedding", (grid * grid) + 1, width);
        GraphValue sizes = Shaping.Concat(0, graph.Integers(1, width), map.ShapeOf(2, 4));
        GraphValue resized = stored.Slice(0, 1).Reshape(1, grid, grid, width).Transpose(0, 3, 1, 2)
            .ResizeBilinear(sizes, map[2], map[3])
            .Reshape(1, width, Dimension.Rest).Transpose(0, 2, 1);
        GraphValue positions = Shaping.Concat(1, stored.Slice(0, 0, 1).Reshape(1, 1, width), resized);
        return round ? positions.Cast(ElementType.Float16).Cast(positions.Type) : positions;
    }

    /// <summary>Into the space shared with texts.</summary>
    /// <param name="scope">At <c>visual</c>.</param>
    /// <param name="pooled"><c>[N, D]</c>, after <c>ln_post</c>.</param>
    /// <returns><c>[N, E]</c>, not of length 1.</returns>
    public GraphValue Project(GraphScope scope, GraphValue pooled) => IsLinear(scope)
        ? scope["proj"].Linear(pooled, configuration.EmbeddingSize, bias: false)
        : pooled.MatMul(scope.Weight("proj", configuration.Width, configuration.EmbeddingSize));

    /// <summary>The way back of <see cref="Project"/>: <c>[N, E]</c> times its transpose, <c>[N, D]</c>.</summary>
    public GraphValue ProjectBack(GraphScope scope, GraphValue gradient) => IsLinear(scope)
        ? gradient.MatMul(scope["proj"].Weight("weight", configuration.EmbeddingSize, configuration.Width))
        : gradient.MatMulTransposed(scope.Weight("proj", configuration.Width, configuration.EmbeddingSize));

    // Hugging Face stores the matrix transposed, as a linear layer.
    private static bool IsLinear(GraphScope scope) => scope["proj"].Has("weight");
}
