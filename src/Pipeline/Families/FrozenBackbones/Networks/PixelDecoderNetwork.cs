using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;

/// <summary>
/// The pixel decoder around its deformable encoders (frozenseg.md 4): what leads into them, and the pyramid after.
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class PixelDecoderNetwork(PixelDecoderConfiguration configuration)
{
    private const float Epsilon = 1e-5f;

    /// <summary>A backbone level as the encoder takes it, <c>[1, D, h, w]</c>.</summary>
    /// <param name="scope">At <c>sem_seg_head.pixel_decoder</c>.</param>
    /// <param name="map">res5, res4 or res3.</param>
    /// <param name="level">0 for res5.</param>
    public GraphValue Project(GraphScope scope, GraphValue map, int level)
    {
        GraphScope projection = scope["input_proj"][level];
        return projection["1"]
            .GroupNorm(projection["0"].Conv(map, configuration.Width, kernel: 1), configuration.Groups, Epsilon);
    }

    /// <summary>The SAM branch's map, half the side of the embedding (<c>fpn3</c>).</summary>
    public GraphValue ProjectSam(GraphScope scope, GraphValue embedding)
    {
        GraphScope fpn = scope["fpn3"];
        return fpn["1"].GroupNorm(
            fpn["0"].Conv(embedding, configuration.Width, kernel: 3, stride: 2, padding: 1),
            configuration.Groups,
            Epsilon).Relu();
    }

    /// <summary>The sine positions of a level with its learned vector added, <c>[n, D]</c>.</summary>
    /// <param name="transformer">At <c>transformer</c> or <c>sam_transformer</c>.</param>
    /// <param name="positions">Sine positions <c>[n, D]</c>.</param>
    /// <param name="level">The level.</param>
    public GraphValue Place(GraphScope transformer, GraphValue positions, int level) =>
        positions + transformer.Weight("level_embed", configuration.Levels, configuration.Width).Slice(
            0, level, level + 1);

    /// <summary>The one level of the FPN, and the features masks are read from, <c>[1, D, H/4, W/4]</c>.</summary>
    /// <param name="scope">At <c>sem_seg_head.pixel_decoder</c>.</param>
    /// <param name="finest">res2.</param>
    /// <param name="encoded">The encoder's finest map.</param>
    public GraphValue MaskFeatures(GraphScope scope, GraphValue finest, GraphValue encoded)
    {
        GraphValue lateral = scope["adapter_1"].Conv(finest, configuration.Width, kernel: 1, bias: false);
        lateral = scope["adapter_1"]["norm"].GroupNorm(lateral, configuration.Groups, Epsilon);
        GraphValue sum = lateral + encoded.ResizeBilinear(lateral.ShapeOf(), lateral[2], lateral[3]);
        GraphValue smooth = scope["layer_1"].Conv(sum, configuration.Width, kernel: 3, padding: 1, bias: false);
        smooth = scope["layer_1"]["norm"].GroupNorm(smooth, configuration.Groups, Epsilon).Relu();
        return scope["mask_features"].Conv(smooth, configuration.Width, kernel: 1);
    }

    /// <summary>A map as rows: <c>[1, D, h, w]</c> → <c>[h·w, D]</c>.</summary>
    public static GraphValue ToTokens(GraphValue map) => map.Reshape(map[1], Dimension.Rest).Transpose(1, 0);

    /// <summary>Rows as a map again.</summary>
    /// <param name="tokens"><c>[h·w, D]</c>.</param>
    /// <param name="shape">Int64: 1, D, h, w.</param>
    /// <param name="name">Beginning of the names of its dimensions.</param>
    public static GraphValue ToMap(GraphValue tokens, GraphValue shape, string name) =>
        tokens.Transpose(1, 0).Reshape(shape, 1, tokens[1], $"{name}_rows", $"{name}_columns");
}
