using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.Clip.Backbones;
using FrozenSeg.Pipeline.Families.Clip.Networks;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam3.Checkpoints;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Models;

/// <summary>Finds out which network a weight file holds, and compares every key and shape with what it needs.</summary>
internal static class CheckpointInspector
{
    private const string DecoderPrefix = "sem_seg_head.";

    // Buffers and numbers that published CLIP files carry beside their weights.
    private static readonly string[] Buffers =
        ["position_ids", "input_resolution", "context_length", "vocab_size", "attn_mask"];

    /// <summary>Looks at the names and shapes of a file, and at its weights if those are as they should be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="clip">For a FrozenSeg or FC-CLIP decoder without its CLIP: where that is.</param>
    /// <param name="sam">For a FrozenSeg decoder without its SAM: where that is.</param>
    /// <exception cref="SegmentationProblemException">The file holds none of the networks that are known, or weights
    /// that are no finite numbers.</exception>
    public static CheckpointReport Inspect(string path, string? clip = null, string? sam = null)
    {
        using WeightFile file = WeightFile.Open(path);
        // Before the others: a part of it looks like a CLIP, another like a SAM.
        if (Sam3WeightNames.IsSam3(file))
            return Sam3Inspector.Inspect(path);
        return HasAny(file, DecoderPrefix) ? DecoderInspector.Inspect(path, file, clip, sam) : Inspect(file);
    }

    private static CheckpointReport Inspect(WeightFile file)
    {
        var weights = new RecordingWeights(file);
        if (HasAny(file, "image_encoder.") || SamWeightNames.IsHuggingFace(file))
            return InspectSam(weights, file.Metadata);
        if (ClipWeightNames.HasTextTower(file))
            return InspectClip(weights, file.Metadata);
        throw SegmentationProblem.InvalidModel(
            file.Name,
            $"its {file.Names.Count} tensors are of no known network "
                + $"({string.Join(", ", file.Names.Order(StringComparer.Ordinal).Take(4))} …)",
            "Give the weights of a SAM, a SAM 3, a CLIP, a FrozenSeg or an FC-CLIP");
    }

    private static CheckpointReport InspectSam(RecordingWeights weights, IReadOnlyDictionary<string, string> metadata)
    {
        IEnumerable<string> allNames = SamGraphs.Requirements(
            SamConfigurations.HighQuality(SamConfigurations.VitH)).Keys;
        IWeightSource official = SamWeightNames.Official(weights, allNames);
        SamConfiguration configuration = SamConfigurations.Detect(official, metadata);
        return Compare(
            ModelRole.Sam,
            configuration.Name,
            weights,
            official,
            SamGraphs.Requirements(configuration),
            SamWeightNames.IsUnused);
    }

    private static CheckpointReport InspectClip(RecordingWeights weights, IReadOnlyDictionary<string, string> metadata)
    {
        IWeightSource official = ClipWeightNames.Official(weights);
        ClipConfiguration configuration = ClipConfigurations.Detect(official, metadata);
        // A graph over the file itself asks for the tensors in the form this file stores them.
        Dictionary<string, TensorShape> needed = new(
            new ClipTextNetwork(configuration.Text).Graph(official, GraphTarget.Cpu).Requirements)
        {
            ["logit_scale"] = default,
        };
        if (configuration.Vision is not ClipVisionConfiguration vision)
        {
            ClipBackboneConfiguration backbone = ClipBackbones.Detect(official, metadata);
            string name = backbone is ConvNextConfiguration ? "CLIP ConvNeXt" : "CLIP ResNet";
            CheckpointReport report = Compare(ModelRole.ClipBackbone, name, weights, official, needed, IsClipBuffer);
            return report with
            {
                LeftOver =
                [
                    .. weights.LeftOver().Where(
                        left => !IsClipBuffer(left) && !left.Contains("visual.", StringComparison.Ordinal)),
                ],
            };
        }

        GraphBuilder graph = new ClipVisionNetwork(vision)
            .Graph(official, GraphTarget.Cpu, vision.Layers, roundPositions: false);
        foreach ((string name, TensorShape shape) in graph.Requirements)
            needed[name] = shape;
        return Compare(ModelRole.Clip, $"CLIP {configuration.Name}", weights, official, needed, IsClipBuffer);
    }

    private static CheckpointReport Compare(
        ModelRole role,
        string network,
        RecordingWeights weights,
        IWeightSource official,
        IReadOnlyDictionary<string, TensorShape> needed,
        Func<string, bool> isUnused)
    {
        KeyComparison keys = KeyComparison.Of(needed, official.Find);
        return new CheckpointReport(
            role, network, weights.Names.Count, keys.Missing, keys.Misshapen,
                [.. weights.LeftOver().Where(name => !isUnused(name))]);
    }

    private static bool IsClipBuffer(string name) =>
        Buffers.Any(buffer => name.EndsWith(buffer, StringComparison.Ordinal));

    private static bool HasAny(WeightFile file, string prefix) =>
        file.Names.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));
}
