using System.Text.Json;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam3;

/// <summary>All comparisons of one prompt: each stage by itself, and the loaded model from words to masks.</summary>
/// <param name="model">Sizes.</param>
/// <param name="weights">Weights.</param>
/// <param name="tolerances">What is accepted.</param>
/// <param name="sessions">Where to run.</param>
internal sealed class Sam3PromptChecks(
    Sam3Configuration model, IWeightSource weights, Sam3Tolerances tolerances, SessionFactory sessions)
{
    // Pixels whose logit is so near to 0 may fall on either side.
    private const float Undecided = 1e-3f;

    /// <param name="golden">The prompt.</param>
    /// <param name="image">The picture, of its own size or of the model's.</param>
    public IEnumerable<GoldenCheck> Run(Sam3Case golden, PixelImage image)
    {
        using var network = new Sam3Model(model, weights, sessions);
        using var vision = new Sam3Vision(model, weights, sessions);
        using TensorBuffer<float> tokens = vision.Encode(image, default);
        using Sam3Picture picture = network.Prepare(tokens, default);
        float[] text = network.EncodeText(golden.Ids, default);
        float[] exemplars = network.EncodeExemplars(picture, golden.Exemplars, default);
        float[] prompt = [.. text, .. exemplars];
        using Sam3Detection detection = network.Detect(picture, prompt, default);
        using var rows = TensorBuffer<float>.From(prompt, prompt.Length / model.Width, model.Width);
        var stages = new Sam3Stages(model, weights, sessions);
        return
        [
            Compare.Absolute("geometry (model)", exemplars, golden["geometry"], tolerances.Geometry),
            .. Named(golden, "text_", stages.Text(golden["token_ids"].Integers), tolerances.TextBlocks),
            .. Named(
                golden, "geometry", stages.Geometry(picture.Coarse, golden.Exemplars, []), tolerances.GeometryLayers),
            .. Detected(golden, stages.Detection(picture.Coarse, rows)),
            .. Named(golden, "mask_embed", stages.Masks(picture, detection), tolerances.Decoder),
            .. Named(golden, "pixel_map", stages.Masks(picture, detection), tolerances.Decoder),
            .. Answers(golden, network, picture, detection),
        ];
    }

    private static IEnumerable<GoldenCheck> Named(
        Sam3Case golden, string prefix, Dictionary<string, StageValue> stages, double tolerance)
    {
        foreach (string name in golden.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            if (name is "text_mask")
                continue;
            (_, float[] values) = Sam3Stages.Select(name, stages);
            NpyArray expected = golden[name];
            // A golden may keep the rows before the padding alone.
            float[] compared = name.StartsWith("text", StringComparison.Ordinal)
                ? values[..(int)expected.Shape.ElementCount]
                : values;
            yield return Compare.Absolute(name, compared, expected, tolerance);
        }
    }

    private IEnumerable<GoldenCheck> Detected(Sam3Case golden, Dictionary<string, StageValue> stages)
    {
        foreach (GoldenCheck check in Named(golden, "fusion_layer", stages, tolerances.Fusion)
            .Concat(Named(golden, "decoder_layer", stages, tolerances.Decoder)))
            yield return check;
        foreach ((string name, double tolerance) in new[]
        {
            ("decoder_hs", tolerances.Decoder),
            ("decoder_reference_boxes", tolerances.Boxes),
            ("presence_logits", tolerances.Presence),
        })
        {
            if (golden.Has(name))
                yield return Compare.Absolute(name, Layers(stages, name, 1), golden[name], tolerance);
        }

        if (golden.Has("decoder_hs_s8"))
        {
            yield return Compare.Absolute(
                "decoder_hs_s8", Layers(stages, "decoder_hs", 8), golden["decoder_hs_s8"], tolerances.Decoder);
            yield return Compare.Absolute(
                "decoder_hs_last",
                stages[$"decoder_hs.{model.DecoderLayers - 1}"].Values,
                golden["decoder_hs_last"],
                tolerances.Decoder);
        }

        string last = $"class_logits.{model.DecoderLayers - 1}";
        yield return golden["class_logits"].Shape.Rank == 1
            ? Compare.Absolute("class_logits", stages[last].Values, golden["class_logits"], tolerances.ClassLogits)
            : Compare.Absolute(
                "class_logits", Layers(stages, "class_logits", 1), golden["class_logits"], tolerances.ClassLogits);
    }

    private float[] Layers(Dictionary<string, StageValue> stages, string name, int step) =>
        [.. Enumerable.Range(0, model.DecoderLayers).SelectMany(layer =>
        {
            StageValue value = stages[$"{name}.{layer}"];
            int[] steps = [.. Enumerable.Repeat(1, value.Shape.Length)];
            steps[0] = step;
            return value.Every(steps);
        })];

    private IEnumerable<GoldenCheck> Answers(
        Sam3Case golden, Sam3Model network, Sam3Picture picture, Sam3Detection detection)
    {
        (int width, int height) = golden.Picture;
        float[] scores = [.. Enumerable.Range(0, model.Queries).Select(detection.Score)];
        int[] kept = [.. Enumerable.Range(0, model.Queries).Where(query => scores[query] > golden.Threshold)];
        yield return Compare.Absolute("boxes_cxcywh", detection.Boxes.Span, golden["boxes_cxcywh"], tolerances.Boxes);
        yield return Compare.Absolute(
            "presence_logit", [detection.PresenceLogit], golden["presence_logit"], tolerances.Presence);
        yield return Compare.Absolute("scores", scores, golden["scores"], tolerances.Scores);
        yield return Compare.Equal<int>("kept", kept, [.. golden["kept"].Integers.Select(query => (int)query)]);
        yield return Compare.Absolute(
            "final_boxes_xyxy",
            kept.SelectMany(query => Sam3Answers.Box(detection, query, width, height)).ToArray(),
            golden["final_boxes_xyxy"],
            tolerances.PixelBoxes);
        yield return Compare.Absolute(
            "final_scores", kept.Select(query => scores[query]).ToArray(), golden["final_scores"], tolerances.Scores);

        using Sam3Masks masks = network.Decode(picture, detection, kept, default);
        var stages = new Dictionary<string, StageValue>
        {
            ["mask_logits_kept"] = Squares(masks.Instances is null ? [] : masks.Instances.Span, kept.Length),
            ["semantic_logits"] = Squares(masks.Semantic.Span, 1),
        };
        foreach (string name in
            golden.Names.Where(name => name.StartsWith("mask_logits_kept", StringComparison.Ordinal)))
            yield return Compare.Absolute(name, Sam3Stages.Select(name, stages).Values, golden[name], tolerances.Masks);
        foreach (string name in
            golden.Names.Where(name => name.StartsWith("semantic_logits", StringComparison.Ordinal)))
            yield return Compare.Absolute(
                name, Sam3Stages.Select(name, stages).Values, golden[name], tolerances.Semantic);
        if (golden.Has("mask_logits_query0"))
        {
            using Sam3Masks first = network.Decode(picture, detection, [0], default);
            yield return Compare.Absolute(
                "mask_logits_query0", first.Instances!.Span, golden["mask_logits_query0"], tolerances.Masks);
        }

        yield return Outlines(golden, masks, kept.Length, height, width);
    }

    // [k, 1, 4 G, 4 G], so that a stride is along the two axes of a map.
    private StageValue Squares(ReadOnlySpan<float> values, int count) =>
        new([count, 1, model.MaskSize, model.MaskSize], values.ToArray());

    private GoldenCheck Outlines(Sam3Case golden, Sam3Masks masks, int count, int height, int width)
    {
        int wrong = 0, index = 0;
        foreach (JsonElement mask in golden.Facts.GetProperty("masks").EnumerateArray().Take(count))
        {
            BinaryMask expected = RunLengthEncoding.FromCocoString(
                mask.GetProperty("counts").GetString()!, height, width).ToMask();
            float[] logits = Sam3Answers.Logits(masks.Instances!.Span, index++, model.MaskSize, height, width);
            for (int i = 0; i < logits.Length; i++)
                wrong += logits[i] > 0 != (expected.Pixels[i] != 0) && MathF.Abs(logits[i]) > Undecided ? 1 : 0;
        }

        return new GoldenCheck("pixels of the masks that differ", wrong, 0);
    }
}
