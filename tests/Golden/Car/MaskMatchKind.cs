using FrozenSeg.Pipeline.Families.ClipAsRnn.MaskMatching;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Car;

/// <summary><c>sam_match*.npz</c>: masks snapped to SAM masks, at two thresholds of overlap.</summary>
internal sealed class MaskMatchKind() : FileKind("car", "sam_match*.npz", "*_sam_match*.npz")
{
    private const double IoMTolerance = 1e-6;
    private const string OutputPrefix = "out_iou";

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        RunLengthEncoding[] masks = Runs(golden["masks"]), samMasks = Runs(golden["sam_masks"]);
        var options = new MaskMatchingOptions
        {
            IoMThreshold = golden["iom_threshold"].Floats[0],
            SmallestShare = golden["min_pred_threshold"].Floats[0],
        };
        MaskMatch[] matches = Matches(options);
        var checks = new List<GoldenCheck>
        {
            Compare.Absolute("iom", [.. matches.SelectMany(match => match.IoM)], golden["iom"], IoMTolerance),
            Compare.Equal<byte>(
                "kept", [.. matches.SelectMany(match => Flags(match, samMasks.Length))], golden["kept"].Bytes),
            Compare.Equal<byte>("combined", Pixels(matches, match => match.Combined), golden["combined"].Bytes),
            Compare.Absolute("iou", [.. matches.Select(match => match.IoU)], golden["iou"], IoMTolerance),
        };
        foreach (string name in golden.Names.Where(name => name.StartsWith(OutputPrefix, StringComparison.Ordinal)))
        {
            float threshold = float.Parse(
                name[OutputPrefix.Length..], System.Globalization.CultureInfo.InvariantCulture);
            MaskMatch[] answers = Matches(options with { IoUThreshold = threshold });
            checks.Add(Compare.Equal<byte>(name, Pixels(answers, match => match.Mask), golden[name].Bytes));
        }

        return checks;

        MaskMatch[] Matches(MaskMatchingOptions with) =>
            Array.ConvertAll(masks, new SamMaskMatcher(samMasks, with).Match);
    }

    private static RunLengthEncoding[] Runs(NpyArray masks) =>
        Array.ConvertAll(VisualPromptKind.Masks(masks), RunLengthEncoding.FromMask);

    private static byte[] Pixels(MaskMatch[] matches, Func<MaskMatch, RunLengthEncoding> mask) =>
        [.. matches.SelectMany(match => mask(match).ToMask().Pixels.ToArray())];

    private static IEnumerable<byte> Flags(MaskMatch match, int count) =>
        Enumerable.Range(0, count).Select(i => match.Kept.Contains(i) ? (byte)1 : (byte)0);
}
