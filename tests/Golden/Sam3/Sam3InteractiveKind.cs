using System.Text.Json;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam3;

/// <summary><c>case_points_interactive.npz</c>: points, boxes and masks for the interactive head.</summary>
internal sealed class Sam3InteractiveKind() : FileKind("sam3", "case_points_interactive.npz")
{
    // From the goldens' README; the first mask's weights were scaled up, its logits reach 120.
    private const double Tokens = 1.5e-5, FirstMask = 5e-4, Masks = 2e-5, IoU = 1e-6, Object = 1e-5,
        PictureLogits = 5e-4;

    // Returned logits are limited.
    private const float Largest = 32;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using var pictures = new NpzFile(file.Sibling("case_picture.npz"));
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllBytes(file.Sibling($"{file.Name}.json")));
        using JsonDocument tiny = JsonDocument.Parse(File.ReadAllBytes(file.Sibling("tiny.json")));
        using WeightFile weights = WeightFile.Open(file.Sibling("tiny.safetensors"));
        Sam3Configuration model = Sam3Sizes.Read(tiny.RootElement);
        using var vision = new Sam3Vision(model, weights, context.Sessions);
        using var head = new InteractiveModel(
            model,
            (image, cancellation) =>
            {
                TensorBuffer<float> tokens = vision.Encode(image, cancellation);
                return new FeatureLease<TensorBuffer<float>>(tokens, tokens.Dispose);
            },
            weights,
            context.Sessions)
        {
            Name = "tiny",
        };
        using ImageEmbedding picture = head.Encode(Sam3PictureKind.Picture(pictures["picture"]), default);
        var checks = new List<GoldenCheck>(Maps(pictures, picture));
        foreach (JsonElement prompt in facts.RootElement.GetProperty("prompts").EnumerateArray())
            checks.AddRange(Prompt(golden, prompt, head, picture));
        return checks;
    }

    private static IEnumerable<GoldenCheck> Maps(NpzFile pictures, ImageEmbedding picture)
    {
        var image = (InteractiveImage)picture.Prepared;
        yield return Compare.Absolute("interactive_s0", image.Fine.Span, pictures["interactive_s0"], Tokens);
        yield return Compare.Absolute("interactive_s1", image.Middle.Span, pictures["interactive_s1"], Tokens);
        yield return Compare.Absolute("interactive_fpn2", picture.Features.Span, pictures["interactive_fpn2"], Tokens);
    }

    private static IEnumerable<GoldenCheck> Prompt(
        NpzFile golden, JsonElement facts, InteractiveModel head, ImageEmbedding picture)
    {
        string name = facts.GetProperty("name").GetString()!;
        SamPrompt prompt = Read(facts);
        float[] given = facts.TryGetProperty("mask_input", out _) ? golden["one_point_best_lowres"].Floats : [];
        using ImageEmbedding image = given.Length > 0
            ? head.WithMask(picture, given, default)
            : head.WithMask(picture, [], default);
        if (given.Length > 0)
        {
            using TensorBuffer<float> dense = head.EncodeMask(given, default);
            yield return Compare.Absolute($"{name}_dense", dense.Span, golden[$"{name}_dense"], Tokens);
        }

        InteractiveAnswer answer = head.Answer(image, [prompt], default);
        bool multimask = facts.GetProperty("multimask_output").GetBoolean();
        int side = head.MaskSize, area = side * side;
        yield return Compare.Absolute($"{name}_tokens", answer.Tokens, golden[$"{name}_tokens"], Tokens);
        yield return Compare.Absolute($"{name}_all4_iou", answer.PredictedIoU, golden[$"{name}_all4_iou"], IoU);
        yield return Compare.Absolute(
            $"{name}_object_logit", answer.ObjectLogits, golden[$"{name}_object_logit"], Object);
        float[] half = new StageValue([4, side, side], answer.Masks).Every([1, 2, 2]);
        float[] expected = golden[$"{name}_all4_lowres_s2"].Floats;
        int quarter = half.Length / 4;
        yield return Compare.Absolute(
            $"{name}_all4_lowres_s2, first", half.AsSpan(..quarter), expected.AsSpan(..quarter), FirstMask);
        yield return Compare.Absolute(
            $"{name}_all4_lowres_s2, others", half.AsSpan(quarter..), expected.AsSpan(quarter..), Masks);

        List<MaskChoice> choices = InteractiveChoice.Of(answer, multimask, float.NegativeInfinity, area);
        yield return Compare.Absolute(
            $"{name}_iou", choices.Select(choice => choice.PredictedIoU).ToArray(), golden[$"{name}_iou"], IoU);
        float[] limited = [.. choices.SelectMany(choice => answer.Mask(0, choice.Mask, area).ToArray())
            .Select(logit => Math.Clamp(logit, -Largest, Largest))];
        yield return Compare.Absolute($"{name}_lowres", limited, golden[$"{name}_lowres"], FirstMask);

        int hole = facts.GetProperty("hole_area").GetInt32();
        var upscaler = new MaskUpscaler(side, side, image.Transform);
        float[] full = [.. choices.SelectMany(choice =>
        {
            float[] logits = answer.Mask(0, choice.Mask, area).ToArray();
            MaskHoles.Fill(logits, side, hole);
            return new StageValue([image.Transform.Height, image.Transform.Width], upscaler.Upscale(logits))
                .Every([2, 2]);
        })];
        yield return Compare.Absolute(
            $"{name}_picture_logits_s2", full, golden[$"{name}_picture_logits_s2"], PictureLogits);
    }

    private static SamPrompt Read(JsonElement facts)
    {
        var points = new List<(double, double, PromptLabel)>();
        if (facts.TryGetProperty("point_coords", out JsonElement places))
        {
            points.AddRange(
                places.EnumerateArray().Zip(facts.GetProperty("point_labels").EnumerateArray(), (place, label) =>
                    (place[0].GetDouble(), place[1].GetDouble(), (PromptLabel)(int)label.GetDouble())));
        }

        BoxXyxy? box = facts.TryGetProperty("box", out JsonElement corners)
            ? new BoxXyxy(
                corners[0].GetSingle(), corners[1].GetSingle(), corners[2].GetSingle(), corners[3].GetSingle())
            : null;
        return new SamPrompt { Points = points, Box = box };
    }
}
