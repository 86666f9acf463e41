using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.Clip.Backbones;

/// <summary>
/// CLIP's ResNet (frozenseg.md 2): a stem of three convolutions, and average pools where others stride.
/// </summary>
/// <param name="configuration">Sizes.</param>
internal sealed class ResNetBackbone(ResNetConfiguration configuration) : IClipBackbone
{
    private const float Epsilon = 1e-5f;

    /// <inheritdoc/>
    public BackboneFeatures Apply(GraphScope visual, GraphValue image)
    {
        GraphValue map = Convolve(visual, "1", image, configuration.Width / 2, kernel: 3, stride: 2).Relu();
        map = Convolve(visual, "2", map, configuration.Width / 2, kernel: 3).Relu();
        GraphValue stem = Convolve(visual, "3", map, configuration.Width, kernel: 3).Relu();

        map = stem.AveragePool(2, 2);
        var levels = new List<GraphValue>();
        for (int layer = 0; layer < configuration.Depths.Count; layer++)
        {
            GraphScope scope = visual[$"layer{layer + 1}"];
            for (int block = 0; block < configuration.Depths[layer]; block++)
                map = Bottleneck(
                    scope[block], map, configuration.Width << layer, stride: layer > 0 && block == 0 ? 2 : 1);
            levels.Add(map);
        }

        return new BackboneFeatures(stem, levels);
    }

    /// <inheritdoc/>
    public GraphValue EmbedMasks(GraphScope visual, GraphValue features, GraphValue masks) =>
        new MaskedAttentionPool(configuration).Apply(visual["attnpool"], features, masks);

    private static GraphValue Bottleneck(GraphScope scope, GraphValue x, int width, int stride)
    {
        using IDisposable naming = scope.Enter();
        int channels = width * ResNetConfiguration.Expansion;
        GraphValue map = Convolve(scope, "1", x, width, kernel: 1).Relu();
        map = Convolve(scope, "2", map, width, kernel: 3).Relu();
        map = Convolve(scope, "3", Shrink(map, stride), channels, kernel: 1);

        bool isShortcutPlain = stride == 1 && x[1] == channels;
        GraphValue shortcut = isShortcutPlain ? x : Shortcut(scope["downsample"], Shrink(x, stride), channels);
        return (map + shortcut).Relu();
    }

    private static GraphValue Shortcut(GraphScope scope, GraphValue x, int channels) =>
        scope["1"].BatchNorm(scope["0"].Conv(x, channels, kernel: 1, bias: false), Epsilon);

    private static GraphValue Convolve(
        GraphScope scope, string number, GraphValue x, int channels, int kernel, int stride = 1) =>
        scope[$"bn{number}"].BatchNorm(
            scope[$"conv{number}"].Conv(x, channels, kernel, stride, padding: kernel / 2, bias: false), Epsilon);

    private static GraphValue Shrink(GraphValue x, int stride) => stride == 1 ? x : x.AveragePool(stride, stride);
}
