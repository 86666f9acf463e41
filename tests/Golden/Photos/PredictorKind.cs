using System.Text.Json;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Golden.Photos;

/// <summary>
/// <c>predict_*.json</c>: what the official predictor answers to points and boxes, and its embeddings.
/// </summary>
internal sealed class PredictorKind() : FileKind("photos", "predict_*.json")
{
    // Channels, rows and columns that the recorded values of an embedding are taken from: [0, ::16, 32, 32].
    private const int ChannelStep = 16, Cell = 32;

    private static readonly string[] Figures = ["low_res_mean", "low_res_max", "low_res_min"];

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(file.Path));
        using SamModel model = RealSam.Load(file, context);
        var worst = new Dictionary<string, GoldenCheck>();
        foreach (IGrouping<string, JsonElement> picture in
            golden.RootElement.GetProperty("cases")
                .EnumerateArray()
                .GroupBy(entry => entry.GetProperty("image").GetString()!))
        {
            PixelImage image = context.Read(file.Sibling(picture.Key));
            using ImageEmbedding embedding = model.Encode(image, default);
            foreach (GoldenCheck check in picture.SelectMany(entry => Check(entry, model, embedding)))
            {
                if (!worst.TryGetValue(check.What, out GoldenCheck? known) || check.Worst > known.Worst)
                    worst[check.What] = check with { Detail = $"{picture.Key} {check.Detail}" };
            }
        }

        return [.. worst.Values, .. RealSam.CompareExport(file)];
    }

    private static IEnumerable<GoldenCheck> Check(JsonElement entry, SamModel model, ImageEmbedding image) =>
        entry.TryGetProperty("embedding_sample_0_16_32", out JsonElement sample)
            ? [Compare.Absolute("embedding", Sample(model, image), sample.Deserialize<float[]>()!, 1e-4)]
            : CheckMasks(entry, model, image);

    private static float[] Sample(SamModel model, ImageEmbedding image)
    {
        int grid = model.Configuration.GridSize;
        ReadOnlySpan<float> values = image.Features.Span;
        var sample = new float[model.Configuration.Channels / ChannelStep];
        for (int i = 0; i < sample.Length; i++)
            sample[i] = values[(i * ChannelStep * grid * grid) + (Cell * grid) + Cell];
        return sample;
    }

    private static IEnumerable<GoldenCheck> CheckMasks(JsonElement entry, SamModel model, ImageEmbedding image)
    {
        IReadOnlyList<PredictedMask> masks = new SamPredictor(model)
            .Predict(image, Prompt(entry), entry.GetProperty("multimask").GetBoolean(), default);
        RunLengthEncoding[] expected =
        [
            .. entry.GetProperty("masks").EnumerateArray().Select(mask => RunLengthEncoding.FromCocoString(
                mask.GetProperty("counts")
                    .GetString()!, mask.GetProperty("size")[0]
                    .GetInt32(), mask.GetProperty("size")[1]
                    .GetInt32())),
        ];
        float[] scores = entry.GetProperty("predicted_iou").Deserialize<float[]>()!;
        yield return Compare.That(
            "masks a prompt", masks.Count == expected.Length, $"{masks.Count} instead of {expected.Length}");
        if (masks.Count != expected.Length)
            yield break;
        yield return new GoldenCheck(
            "1 − IoU of masks", expected.Select((mask, i) => Difference(mask, masks[i].Segmentation)).Max(), 1e-4);
        yield return Compare.RelativeToLargest(
            "logits (mean, largest, smallest)", Statistics(masks), Statistics(entry), 5e-5);
        yield return Compare.Absolute(
            "predicted_iou", Array.ConvertAll([.. masks], mask => (float)mask.PredictedIoU), scores, 1e-4);
    }

    // One pixel whose logit rounds to the other side of zero is 1.5e-4 of a mask of 6,500 pixels; the logits are
    // compared.
    private static double Difference(RunLengthEncoding expected, RunLengthEncoding actual)
    {
        double difference = 1 - RunLengths.IoU(expected, actual);
        return difference * Math.Max(expected.Area, actual.Area) < 1.5 ? 0 : difference;
    }

    private static float[] Statistics(IReadOnlyList<PredictedMask> masks) =>
        [.. masks.SelectMany(mask => new[] { mask.Logits.Average(), mask.Logits.Max(), mask.Logits.Min() })];

    private static float[] Statistics(JsonElement entry) =>
        [.. entry.GetProperty("low_res_mean").EnumerateArray().SelectMany(
            (_, i) => Figures.Select(name => entry.GetProperty(name)[i].GetSingle()))];

    private static SamPrompt Prompt(JsonElement entry)
    {
        double[][] points = entry.GetProperty("points").Deserialize<double[][]?>() ?? [];
        int[] labels = entry.GetProperty("labels").Deserialize<int[]?>() ?? [];
        float[]? box = entry.GetProperty("box").Deserialize<float[]?>();
        return new SamPrompt
        {
            Points = [.. points.Select(
                (point, i) => (point[0], point[1], labels[i] == 1 ? PromptLabel.Foreground : PromptLabel.Background))],
            Box = box is null ? null : new BoxXyxy(box[0], box[1], box[2], box[3]),
        };
    }
}
