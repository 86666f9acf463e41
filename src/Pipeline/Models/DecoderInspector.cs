using FrozenSeg.Pipeline.FrozenSeg;
using FrozenSeg.Pipeline.Tensors;
using FrozenSeg.Pipeline.Weights;
using FrozenSeg.Pipeline.Weights.Catalogue;

namespace FrozenSeg.Pipeline.Models;

/// <summary>Compares a FrozenSeg or FC-CLIP checkpoint, detectron2's key names, with the configuration its shapes tell.</summary>
internal static class DecoderInspector
{
    private const string ClipPrefix = "backbone.clip_model.", SamPrefix = "sam.";
    private const string SamBranch = "sem_seg_head.pixel_decoder.sam_transformer.";

    // Of training alone.
    private static readonly string[] Unused = ["criterion.", "pixel_mean", "pixel_std", "num_batches_tracked", "attn_mask"];

    public static CheckpointReport Inspect(string path, WeightFile file, string? clip, string? sam)
    {
        bool hasInjectors = file.Names.Any(name => name.StartsWith(SamBranch, StringComparison.Ordinal));
        using FrozenSegCheckpoint checkpoint = FrozenSegCheckpoint.Open(path, clip, sam, hasInjectors);
        IReadOnlyDictionary<string, TensorShape> needed = FrozenSegCheckpoint.Requirements(checkpoint.Configuration);
        var missing = new List<string>();
        var misshapen = new List<string>();
        foreach ((string name, TensorShape shape) in needed)
        {
            WeightTensor? tensor = Find(checkpoint, name);
            if (tensor is null)
                missing.Add(name);
            else if (tensor.Shape.ElementCount != shape.ElementCount || (tensor.Shape != shape && shape.Rank > 0))
                misshapen.Add($"{name} is {tensor.Type} {tensor.Shape} instead of {shape}");
        }

        string[] leftOver =
        [
            .. file.Names.Where(name => !needed.ContainsKey(name) && !Unused.Any(part => name.Contains(part, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal),
        ];
        return new CheckpointReport(
            hasInjectors ? ModelRole.FrozenSeg : ModelRole.FcClip, checkpoint.Configuration.Name, file.Names.Count, missing, misshapen, leftOver);
    }

    private static WeightTensor? Find(FrozenSegCheckpoint checkpoint, string name) =>
        name.StartsWith(ClipPrefix, StringComparison.Ordinal) ? checkpoint.Clip.Find(name[ClipPrefix.Length..])
        : name.StartsWith(SamPrefix, StringComparison.Ordinal) ? checkpoint.Sam?.Find(name[SamPrefix.Length..])
        : checkpoint.Decoder.Find(name);
}
