using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Clip.Backbones;

/// <summary>
/// CLIP's ConvNeXt (frozenseg.md 2, as timm builds it). Pixels are rows, <c>[1, H, W, C]</c>, wherever channels are
/// mixed or normalised, and planes only for the convolutions.
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class ConvNextBackbone(ConvNextConfiguration configuration) : IClipBackbone
{
    private const float Epsilon = 1e-6f;

    /// <inheritdoc/>
    public BackboneFeatures Apply(GraphScope visual, GraphValue image)
    {
        GraphScope trunk = visual["trunk"];
        GraphValue pixels = ToRows(trunk["stem"]["0"].Conv(
            image, configuration.Widths[0], configuration.StemStride, configuration.StemStride));
        pixels = trunk["stem"]["1"].LayerNorm(pixels, Epsilon);
        GraphValue stem = ToPlanes(pixels);

        var levels = new List<GraphValue>();
        for (int stage = 0; stage < configuration.Widths.Count; stage++)
        {
            pixels = Stage(trunk["stages"][stage], pixels, stage);
            levels.Add(ToPlanes(pixels));
        }

        return new BackboneFeatures(stem, levels);
    }

    /// <inheritdoc/>
    public GraphValue EmbedMasks(GraphScope visual, GraphValue features, GraphValue masks)
    {
        GraphValue pooled = MaskPooling.Apply(masks, features);
        GraphValue normal = visual["trunk"]["head"]["norm"].LayerNorm(pooled, Epsilon);
        GraphValue hidden = visual["head"]["mlp"]["fc1"].Linear(normal, configuration.ProjectionWidth).Gelu();
        return visual["head"]["mlp"]["fc2"].Linear(hidden, configuration.EmbeddingWidth, bias: false);
    }

    private GraphValue Stage(GraphScope scope, GraphValue pixels, int stage)
    {
        int width = configuration.Widths[stage];
        if (stage > 0)
        {
            GraphValue normal = scope["downsample"]["0"].LayerNorm(pixels, Epsilon);
            pixels = ToRows(scope["downsample"]["1"].Conv(ToPlanes(normal), width, kernel: 2, stride: 2));
        }

        for (int block = 0; block < configuration.Depths[stage]; block++)
            pixels = Block(scope["blocks"][block], pixels, width, StripCount(stage));
        return pixels;
    }

    private GraphValue Block(GraphScope scope, GraphValue pixels, int width, int strips)
    {
        using IDisposable naming = scope.Enter();
        GraphValue mixed = ToRows(scope["conv_dw"].Conv(ToPlanes(pixels), width, kernel: 7, padding: 3, groups: width));
        return Strips.InStrips(
            strips,
            [pixels, mixed],
            rows => rows[0] + (Perceptron(scope, rows[1], width) * scope.Weight("gamma", width)));
    }

    private GraphValue Perceptron(GraphScope scope, GraphValue rows, int width)
    {
        GraphValue hidden = scope["mlp"]["fc1"]
            .Linear(scope["norm"].LayerNorm(rows, Epsilon), configuration.MlpRatio * width)
            .Gelu();
        return scope["mlp"]["fc2"].Linear(hidden, width);
    }

    // A picture's sides are multiples of the last stage's step: the maps of a stage before it hold so many of its.
    private int StripCount(int stage) => 1 << (2 * (configuration.Widths.Count - 1 - stage));

    private static GraphValue ToRows(GraphValue planes) => planes.Transpose(0, 2, 3, 1);

    private static GraphValue ToPlanes(GraphValue rows) => rows.Transpose(0, 3, 1, 2);
}
