using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

namespace FrozenSeg.Pipeline.Models;

/// <summary>
/// Compares a FrozenSeg or FC-CLIP checkpoint, detectron2's key names, with the configuration its shapes tell.
/// </summary>
internal static class DecoderInspector
{
    private const string ClipPrefix = "backbone.clip_model.", SamPrefix = "sam.";
    private const string SamBranch = "sem_seg_head.pixel_decoder.sam_transformer.";

    // Of training alone.
    private static readonly string[] Unused =
        ["criterion.", "pixel_mean", "pixel_std", "num_batches_tracked", "attn_mask"];

    public static CheckpointReport Inspect(string path, WeightFile file, string? clip, string? sam)
    {
        bool hasInjectors = file.Names.Any(name => name.StartsWith(SamBranch, StringComparison.Ordinal));
        using FrozenSegCheckpoint checkpoint = FrozenSegCheckpoint.Open(path, clip, sam, hasInjectors);
        IReadOnlyDictionary<string, TensorShape> needed = FrozenSegCheckpoint.Requirements(checkpoint.Configuration);
        KeyComparison keys = KeyComparison.Of(needed, name => Find(checkpoint, name));
        string[] leftOver =
        [
            .. file.Names.Where(
                name => !needed.ContainsKey(name) && !Unused.Any(part => name.Contains(part, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal),
        ];
        return new CheckpointReport(
            hasInjectors ? ModelRole.FrozenSeg : ModelRole.FcClip,
            checkpoint.Configuration.Name,
            file.Names.Count,
            keys.Missing,
            keys.Misshapen,
            leftOver);
    }

    private static WeightTensor? Find(FrozenSegCheckpoint checkpoint, string name) =>
        name.StartsWith(ClipPrefix, StringComparison.Ordinal) ? checkpoint.Clip.Find(name[ClipPrefix.Length..])
        : name.StartsWith(SamPrefix, StringComparison.Ordinal) ? checkpoint.Sam?.Find(name[SamPrefix.Length..])
        : checkpoint.Decoder.Find(name);
}
