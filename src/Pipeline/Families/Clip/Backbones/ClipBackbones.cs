using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Clip.Backbones;

/// <summary>Finds out which CLIP image encoder a weight file holds.</summary>
internal static class ClipBackbones
{
    /// <summary>CLIP ConvNeXt-L (d_320).</summary>
    public static ConvNextConfiguration ConvNextLarge { get; } = new() { EmbeddingWidth = 768 };

    /// <summary>CLIP RN50x64.</summary>
    public static ResNetConfiguration ResNet50x64 { get; } = new() { EmbeddingWidth = 1024 };

    /// <summary>The network of a configuration.</summary>
    internal static IClipBackbone Network(ClipBackboneConfiguration configuration) => configuration switch
    {
        ConvNextConfiguration convNext => new ConvNextBackbone(convNext),
        ResNetConfiguration resNet => new ResNetBackbone(resNet),
        _ => throw new NotSupportedException($"There is no backbone for {configuration.GetType().Name}."),
    };

    /// <summary>
    /// Reads the sizes off the tensors below <c>visual.</c>; the heads of a ResNet's attention pool come from the
    /// metadata (<c>clip.attnpool_heads</c>), or are 64 channels wide.
    /// </summary>
    /// <exception cref="SegmentationProblemException">The file holds neither a ConvNeXt nor a ResNet of
    /// CLIP.</exception>
    public static ClipBackboneConfiguration Detect(IWeightSource weights, IReadOnlyDictionary<string, string> metadata)
    {
        var sizes = new WeightSizes(weights, "CLIP backbone", "Give a CLIP with a ConvNeXt or a ResNet");
        if (sizes.Has("visual.trunk.stem.0.weight"))
            return DetectConvNext(sizes);
        return sizes.Has("visual.layer1.0.conv1.weight")
            ? DetectResNet(sizes, metadata)
            : throw sizes.Unknown("there is neither 'visual.trunk.stem.0.weight' nor 'visual.layer1.0.conv1.weight'");
    }

    private static ConvNextConfiguration DetectConvNext(WeightSizes sizes)
    {
        int stages = sizes.Count("visual.trunk.stages.{0}.blocks.0.conv_dw.weight");
        int[] widths = [.. Enumerable.Range(0, stages).Select(
            stage => sizes.Of($"visual.trunk.stages.{stage}.blocks.0.conv_dw.weight", rank: 4)[0])];
        if (stages == 0)
            throw sizes.Unknown("there is no tensor 'visual.trunk.stages.0.blocks.0.conv_dw.weight'");
        return new ConvNextConfiguration
        {
            StemStride = sizes.Of("visual.trunk.stem.0.weight", rank: 4)[2],
            Widths = widths,
            Depths = [.. Enumerable.Range(0, stages).Select(
                stage => sizes.Count($"visual.trunk.stages.{stage}.blocks.{{0}}.conv_dw.weight"))],
            MlpRatio = sizes.Of("visual.trunk.stages.0.blocks.0.mlp.fc1.weight", rank: 2)[0] / widths[0],
            ProjectionWidth = sizes.Of("visual.head.mlp.fc1.weight", rank: 2)[0],
            EmbeddingWidth = sizes.Of("visual.head.mlp.fc2.weight", rank: 2)[0],
        };
    }

    private static ResNetConfiguration DetectResNet(WeightSizes sizes, IReadOnlyDictionary<string, string> metadata)
    {
        var positions = sizes.Of("visual.attnpool.positional_embedding", rank: 2);
        return new ResNetConfiguration
        {
            Width = sizes.Of("visual.conv3.weight", rank: 4)[0],
            Depths = [.. Enumerable.Range(1, sizes.Count("visual.layer{0}.0.conv1.weight", first: 1)).Select(
                layer => sizes.Count($"visual.layer{layer}.{{0}}.conv1.weight"))],
            PoolSide = (int)Math.Sqrt(positions[0] - 1),
            PoolHeads = Metadata.Number(metadata, "clip.attnpool_heads") ?? Math.Max(1, positions[1] / 64),
            EmbeddingWidth = sizes.Of("visual.attnpool.c_proj.weight", rank: 2)[0],
        };
    }
}
