using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam;

/// <summary><c>hq_decoder*.npz</c>: HQ-SAM's decoder on synthetic embeddings and early features.</summary>
internal sealed class HighQualityKind() : FileKind("sam", "hq_decoder*.npz")
{
    private const double Tolerance = 1e-4;

    // The first two of the plain decoder's prompts.
    private static readonly SamPrompt[] Prompts = [SamPrompt.FromPoint(16, 16), SamPrompt.FromPoint(512, 384)];

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        var checks = new List<GoldenCheck>();
        foreach (string size in new[] { "vitt", "vitb" })
        {
            SamConfiguration configuration = SamConfigurations.Find($"hq_vit_{size[3]}")!;
            using WeightFile weights = SyntheticWeights.Open(
                GoldenContext.SyntheticFolder, configuration.Name, SamGraphs.Requirements(configuration));
            checks.AddRange(Run(golden, size, configuration, weights, context));
        }

        return checks;
    }

    private static GoldenCheck Features(
        NpzFile golden,
        string size,
        SamConfiguration configuration,
        WeightFile weights,
        TensorBuffer<float> embedding,
        TensorBuffer<float> earlyFeatures,
        GoldenContext context)
    {
        using var run = new NetworkRun(context.Sessions, weights);
        var network = new HighQualityDecoder(configuration, new MaskDecoder(configuration));
        run.Output(
            "features",
            network.Features(run.Root, run.Input("embedding", embedding), run.Input("early", earlyFeatures)));
        using SessionOutputs outputs = run.Run();
        using TensorBuffer<float> features = outputs.Take<float>("features");
        return Compare.Absolute(
            $"{size}_hqfeat_s8", Strided.Planes(features.View, 8), golden[$"{size}_hqfeat_s8"], Tolerance);
    }

    private static List<GoldenCheck> Run(
        NpzFile golden, string size, SamConfiguration configuration, WeightFile weights, GoldenContext context)
    {
        int cells = configuration.GridSize * configuration.GridSize, early = configuration.Encoder.EarlyChannels;
        using TensorBuffer<float> embedding = TensorBuffer<float>.From(
            SyntheticNumbers.Floats("input.image_embedding", 256 * cells), 1, 256, 64, 64);
        using TensorBuffer<float> earlyFeatures = TensorBuffer<float>.From(
            SyntheticNumbers.Floats($"input.interm_{size}", (long)cells * early), cells, early);

        var checks = new List<GoldenCheck>();
        foreach (bool only in new[] { true, false })
        {
            using var model = new SamModel(configuration, weights, context.Sessions) { HighQualityMaskOnly = only };
            using ImageEmbedding image = model.FromFeatures(
                embedding, earlyFeatures, new ResizeTransform(1024, 1024, 1024, 1024));
            if (only)
            {
                checks.Add(Features(golden, size, configuration, weights, embedding, earlyFeatures, context));
            }

            foreach (bool multimask in new[] { true, false })
            {
                using MaskCandidates masks = model.Decode(image, Prompts, multimask, float.NegativeInfinity, default);
                using var logits = new TensorBuffer<float>(Prompts.Length, 1, model.MaskSize, model.MaskSize);
                for (int i = 0; i < Prompts.Length; i++)
                    masks.Logits(i).CopyTo(logits.View[i].Span);
                string name = $"{size}_multi{(multimask ? 1 : 0)}_hqonly{(only ? 1 : 0)}";
                checks.Add(Compare.Absolute(
                    $"{name}_masks_s4", Strided.Planes(logits.View, 4), golden[$"{name}_masks_s4"], Tolerance));
                checks.Add(Compare.Absolute(
                    $"{name}_iou",
                    [.. masks.Entries.Select(entry => entry.PredictedIoU)],
                    golden[$"{name}_iou"],
                    Tolerance));
            }
        }

        return checks;
    }
}
