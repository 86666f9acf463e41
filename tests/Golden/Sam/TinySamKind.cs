using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam;

/// <summary>
/// <c>tiny_*.npz</c> with <c>tiny_*.safetensors</c>: a whole small SAM with stored weights, step by step.
/// </summary>
internal sealed class TinySamKind() : FileKind("sam", "tiny_*.npz")
{
    private const double Tolerance = 1e-5;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using WeightFile weights = WeightFile.Open(file.Sibling($"{file.Name}.safetensors"));
        SamConfiguration configuration = SamConfigurations.Detect(
            weights, new Dictionary<string, string> { ["decoder_heads"] = "4" });
        NpyArray pixels = golden["image_u8_hwc"];
        var image = new PixelImage(pixels.Shape[1], pixels.Shape[0], pixels.Bytes);

        (TensorBuffer<float> input, ResizeTransform transform) = SamPreprocessing.Apply(image, configuration.ImageSize);
        using (input)
        {
            var checks = new List<GoldenCheck>
            {
                Compare.Absolute("preprocessed", input.Span, golden["preprocessed"], Tolerance),
            };
            checks.AddRange(Encoder(golden, weights, configuration, input, context.Sessions));
            using var model = new SamModel(configuration, weights, context.Sessions);
            using ImageEmbedding embedding = model.Encode(input, transform, default);
            checks.Add(Compare.Absolute("embedding", embedding.Features.Span, golden["embedding"], Tolerance));
            checks.AddRange(Points(golden, model, embedding));
            checks.AddRange(BoxesAndMasks(golden, model, embedding));
            return checks;
        }
    }

    private static List<GoldenCheck> Encoder(
        NpzFile golden,
        WeightFile weights,
        SamConfiguration configuration,
        TensorBuffer<float> input,
        SessionFactory sessions)
    {
        var vit = (VitEncoderConfiguration)configuration.Encoder;
        var network = new VitImageEncoder(configuration, vit);
        using var run = new NetworkRun(sessions, weights);
        GraphScope scope = run.Root["image_encoder"];
        GraphValue tokens = network.EmbedPatches(scope, run.Input("image", input));
        List<string> names = ["enc_patch_embed"];
        // The stored patch embedding is from before the positions are added.
        GraphValue positions = scope.Weight("pos_embed", 1, configuration.GridSize, configuration.GridSize, vit.Width);
        run.Output(
            "enc_patch_embed", tokens - Pipeline.Foundation.Graphs.Operators.Shaping.Reshape(positions, tokens.Shape));
        for (int block = 0; block < vit.Depth; block++)
        {
            tokens = network.Block(scope, tokens, block);
            names.Add($"enc_block{block}");
            run.Output(names[^1], tokens);
        }

        using SessionOutputs outputs = run.Run();
        return [.. names.Select(name =>
        {
            using TensorBuffer<float> value = outputs.Take<float>(name);
            return Compare.Absolute(name, value.Span, golden[name], Tolerance);
        })];
    }

    private static List<GoldenCheck> Points(NpzFile golden, SamModel model, ImageEmbedding embedding)
    {
        // The stored points lie in the encoder's frame already.
        using ImageEmbedding framed = model.FromFeatures(
            embedding.Features,
            null,
            new ResizeTransform(model.ImageSize, model.ImageSize, model.ImageSize, model.ImageSize));
        float[] points = golden["points"].Floats;
        long[] labels = golden["labels"].Integers;
        SamPrompt[] prompts = [.. Enumerable.Range(0, 2).Select(prompt => new SamPrompt
        {
            Points = [.. Enumerable.Range(2 * prompt, 2).Select(
                i => ((double)points[2 * i], (double)points[(2 * i) + 1], (PromptLabel)labels[i]))],
        })];
        using MaskCandidates single = model.Decode(framed, prompts, multimask: false, float.NegativeInfinity, default);
        using MaskCandidates multi = model.Decode(framed, prompts, multimask: true, float.NegativeInfinity, default);
        (int Height, int Width) size = (60, 80);
        ResizeTransform toPicture = ResizeTransform.LongestSide(size.Width, size.Height, model.ImageSize);
        var upscaler = new MaskUpscaler(model.MaskSize, model.ImageSize, toPicture);
        var logits = new List<float>();
        var masks = new List<float>();
        var iou = new List<float>();
        for (int prompt = 0; prompt < prompts.Length; prompt++)
        {
            for (int mask = 0; mask < 4; mask++)
            {
                (MaskCandidates source, int entry) = mask == 0 ? (single, prompt) : (multi, (3 * prompt) + mask - 1);
                logits.AddRange(source.Logits(entry));
                masks.AddRange(upscaler.Upscale(source.Logits(entry)));
                iou.Add(source.Entries[entry].PredictedIoU);
            }
        }

        return
        [
            Compare.Absolute("pt_lowres", logits.ToArray(), golden["pt_lowres"], Tolerance),
            Compare.Absolute("pt_iou", iou.ToArray(), golden["pt_iou"], Tolerance),
            Compare.Absolute("pt_masks_60x80", masks.ToArray(), golden["pt_masks_60x80"], Tolerance),
        ];
    }

    private static List<GoldenCheck> BoxesAndMasks(NpzFile golden, SamModel model, ImageEmbedding embedding)
    {
        using ImageEmbedding framed = model.FromFeatures(
            embedding.Features,
            null,
            new ResizeTransform(model.ImageSize, model.ImageSize, model.ImageSize, model.ImageSize));
        float[] boxes = golden["boxes"].Floats, maskInput = golden["mask_input"].Floats;
        int area = model.MaskSize * model.MaskSize;
        var logits = new List<float>();
        var iou = new List<float>();
        for (int prompt = 0; prompt < 2; prompt++)
        {
            using ImageEmbedding masked = model.WithMask(framed, maskInput.AsSpan(prompt * area, area), default);
            SamPrompt box = SamPrompt.FromBox(new BoxXyxy(
                boxes[4 * prompt], boxes[(4 * prompt) + 1], boxes[(4 * prompt) + 2], boxes[(4 * prompt) + 3]));
            using MaskCandidates single = model.Decode(
                masked, [box], multimask: false, float.NegativeInfinity, default);
            using MaskCandidates multi = model.Decode(masked, [box], multimask: true, float.NegativeInfinity, default);
            logits.AddRange(single.Logits(0));
            iou.Add(single.Entries[0].PredictedIoU);
            for (int mask = 0; mask < 3; mask++)
            {
                logits.AddRange(multi.Logits(mask));
                iou.Add(multi.Entries[mask].PredictedIoU);
            }
        }

        return
        [
            Compare.Absolute("boxmask_lowres", logits.ToArray(), golden["boxmask_lowres"], Tolerance),
            Compare.Absolute("boxmask_iou", iou.ToArray(), golden["boxmask_iou"], Tolerance),
        ];
    }
}
