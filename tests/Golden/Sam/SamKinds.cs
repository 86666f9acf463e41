using FrozenSeg.Pipeline.Families.Sam;

namespace FrozenSeg.Golden.Sam;

/// <summary>Every kind of SAM golden.</summary>
internal static class SamKinds
{
    public static IReadOnlyList<IGoldenKind> All { get; } =
    [
        new SyntheticWeightsKind(),
        new KeysKind(),
        new ResizeKind(),
        new UtilitiesKind(),
        new NmsKind(),
        new PostprocessKind(),
        new DecoderKind(),
        new TinySamKind(),
        new EncoderKind(),
        new HighQualityKind(),
        new ProcSamKind(),
        new AutomaskKind("sam", (_, context) => new ProcSam(context.Sessions), AutomaskTolerance.Procedural),
        // Statistics of whole tensors; the kinds that compute those tensors read them.
        new CompanionKind("sam", "stats_*.json"),
        new CompanionKind("sam", "*.onnx"),
        new CompanionKind("sam", "tiny_*.safetensors"),
    ];
}
