using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.Clip.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Sam3.Networks;

/// <summary>
/// The text tower: CLIP's blocks with the exact GELU; every token is an answer. A token sees only itself and
/// those before it, so the padding after the end mark is left out and no mask is needed (sam3.md 2.1).
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class Sam3TextEncoder(Sam3Configuration configuration)
{
    private readonly ClipTransformer _transformer =
        new(configuration.TextWidth, configuration.TextHeads, ClipActivation.Gelu, isCausal: true);

    /// <summary>A phrase's tokens as vectors.</summary>
    /// <param name="language">At <c>backbone.language_backbone</c>.</param>
    /// <param name="ids">int64 [n], from start to end mark.</param>
    /// <param name="positions">int64 [n]: 0 to n − 1.</param>
    /// <returns><c>[n, d]</c>.</returns>
    public GraphValue Apply(GraphScope language, GraphValue ids, GraphValue positions)
    {
        GraphScope encoder = language["encoder"];
        GraphValue tokens = Embed(encoder, ids, positions);
        for (int block = 0; block < configuration.TextLayers; block++)
            tokens = Block(encoder, tokens, block);
        return Finish(language, tokens);
    }

    /// <summary>Tokens with their positions, <c>[1, n, D]</c>.</summary>
    public GraphValue Embed(GraphScope encoder, GraphValue ids, GraphValue positions)
    {
        GraphValue words = encoder["token_embedding"]
            .Weight("weight", configuration.Vocabulary, configuration.TextWidth)
            .Gather(ids);
        GraphValue places = encoder.Weight("positional_embedding", configuration.Context, configuration.TextWidth)
            .Gather(positions);
        return (words + places).Unsqueeze(0);
    }

    /// <summary>One block; <c>[1, n, D]</c> to <c>[1, n, D]</c>.</summary>
    public GraphValue Block(GraphScope encoder, GraphValue tokens, int index) =>
        _transformer.Block(encoder["transformer"]["resblocks"][index], tokens);

    /// <summary>The last norm, and the way to the width of the other parts.</summary>
    public GraphValue Finish(GraphScope language, GraphValue tokens) =>
        language["resizer"].Linear(Normed(language["encoder"], tokens), configuration.Width);

    /// <summary>The tokens after the last norm, <c>[n, D]</c>.</summary>
    public GraphValue Normed(GraphScope encoder, GraphValue tokens) =>
        encoder["ln_final"].LayerNorm(tokens.Reshape(Dimension.Rest, configuration.TextWidth), Sam3Layers.Epsilon);
}
