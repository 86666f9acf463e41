using System.Text.Json;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Golden.Sam;

/// <summary><c>amg_*.json</c>: everything the official generator finds in a picture.</summary>
/// <param name="family">Folder.</param>
/// <param name="load">The network: the procedural stand-in, or a real one.</param>
/// <param name="tolerance">What may differ.</param>
internal sealed class AutomaskKind(
    string family, Func<GoldenFile, GoldenContext, IPromptableModel> load, AutomaskTolerance tolerance)
    : FileKind(family, "amg_*.json")
{
    private const double MatchIoU = 0.99;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(file.Path));
        JsonElement root = golden.RootElement;
        string picture = root.GetProperty("image").GetString()!;
        PixelImage image = File.Exists(file.Sibling(picture))
            ? context.Read(file.Sibling(picture))
            : context.Image(picture);
        using IPromptableModel model = load(file, context);
        IReadOnlyList<MaskProposal> proposals =
            new AutomaticMaskGenerator(model, Options(root.GetProperty("settings"))).Generate(image);

        int total = root.GetProperty("masks_total").GetInt32();
        GoldenMask[] expected = [.. root.GetProperty("masks").EnumerateArray().Select(GoldenMask.Read)];
        MaskProposal[] actual = expected.Length < total
            ? [.. proposals.OrderByDescending(proposal => proposal.Segmentation.Area).Take(expected.Length)]
            : [.. proposals];
        (GoldenMask Expected, MaskProposal Actual)[] pairs = [.. Match(expected, actual)];
        return
        [
            new GoldenCheck(
                "count",
                Math.Abs(proposals.Count - total) / (double)total,
                tolerance.Count,
                $"{proposals.Count} instead of {total}"),
            new GoldenCheck(
                "unmatched", (expected.Length - pairs.Length) / (double)expected.Length, tolerance.Unmatched),
            new GoldenCheck(
                "predicted_iou",
                Worst(pairs, pair => pair.Expected.PredictedIoU - pair.Actual.PredictedIoU),
                tolerance.PredictedIoU),
            new GoldenCheck("stability_score", Share(pairs, pair => Math.Abs(
                pair.Expected.StabilityScore
                    - pair.Actual.StabilityScore) > tolerance.StabilityScore), tolerance.PixelFlips),
            new GoldenCheck("points", pairs.Count(pair => pair.Expected.Point != pair.Actual.Point), 0),
            new GoldenCheck(
                "segmentation",
                Share(pairs, pair => !pair.Expected.Segmentation.Equals(pair.Actual.Segmentation)),
                tolerance.PixelFlips),
        ];
    }

    private static AutomaticMaskOptions Options(JsonElement settings)
    {
        var options = new AutomaticMaskOptions();
        foreach (JsonProperty setting in settings.EnumerateObject())
        {
            options = setting.Name switch
            {
                "points_per_side" => options with { PointsPerSide = setting.Value.GetInt32() },
                "pred_iou_thresh" => options with { PredictedIoUThreshold = setting.Value.GetSingle() },
                "stability_score_thresh" => options with { StabilityScoreThreshold = setting.Value.GetSingle() },
                "stability_score_offset" => options with { StabilityScoreOffset = setting.Value.GetSingle() },
                "box_nms_thresh" => options with { BoxNmsThreshold = setting.Value.GetDouble() },
                "crop_n_layers" => options with { CropLayers = setting.Value.GetInt32() },
                "crop_nms_thresh" => options with { CropNmsThreshold = setting.Value.GetDouble() },
                "crop_overlap_ratio" => options with { CropOverlapRatio = setting.Value.GetDouble() },
                "crop_n_points_downscale_factor" =>
                    options with { CropPointsDownscaleFactor = setting.Value.GetInt32() },
                "min_mask_region_area" => options with { MinMaskRegionArea = setting.Value.GetInt32() },
                _ => throw new InvalidDataException($"Unknown setting {setting.Name}."),
            };
        }

        return options;
    }

    // Each expected mask takes the first free one of the same point and crop that is nearly the same.
    private static IEnumerable<(GoldenMask, MaskProposal)> Match(GoldenMask[] expected, MaskProposal[] actual)
    {
        ILookup<((double, double), BoxXywh), int> byPoint = Enumerable.Range(0, actual.Length).ToLookup(
            i => (
                actual[i].Point,
                new BoxXywh(actual[i].Crop.X0, actual[i].Crop.Y0, actual[i].Crop.Width, actual[i].Crop.Height)));
        var taken = new bool[actual.Length];
        foreach (GoldenMask mask in expected)
        {
            int match = byPoint[(mask.Point, mask.CropBox)].Where(i => !taken[i]).FirstOrDefault(
                i => RunLengths.IoU(mask.Segmentation, actual[i].Segmentation) >= MatchIoU, -1);
            if (match < 0)
                continue;
            taken[match] = true;
            yield return (mask, actual[match]);
        }
    }

    private static double Worst(
        (GoldenMask Expected, MaskProposal Actual)[] pairs,
        Func<(GoldenMask Expected, MaskProposal Actual), double> difference) =>
        pairs.Max(pair => Math.Abs(difference(pair)));

    private static double Share(
        (GoldenMask Expected, MaskProposal Actual)[] pairs,
        Func<(GoldenMask Expected, MaskProposal Actual), bool> differs) =>
        (double)pairs.Count(differs) / pairs.Length;

    private sealed record GoldenMask(
        RunLengthEncoding Segmentation,
        double PredictedIoU,
        double StabilityScore,
        (double X, double Y) Point,
        BoxXywh CropBox)
    {
        public static GoldenMask Read(JsonElement mask)
        {
            int[] size = mask.GetProperty("segmentation").GetProperty("size").Deserialize<int[]>()!;
            double[] point = mask.GetProperty("point_coords").Deserialize<double[][]>()![0];
            int[] crop = mask.GetProperty("crop_box").Deserialize<int[]>()!;
            return new GoldenMask(
                RunLengthEncoding.FromCocoString(
                    mask.GetProperty("segmentation").GetProperty("counts").GetString()!, size[0], size[1]),
                mask.GetProperty("predicted_iou").GetDouble(),
                mask.GetProperty("stability_score").GetDouble(),
                (point[0], point[1]),
                new BoxXywh(crop[0], crop[1], crop[2], crop[3]));
        }
    }
}
