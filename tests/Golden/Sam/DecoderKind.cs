using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam;

/// <summary>
/// <c>decoder_*.npz</c>: prompt encoder and mask decoder of MobileSAM at full size, synthetic weights.
/// </summary>
internal sealed class DecoderKind : IGoldenKind
{
    private const double Tolerance = 2e-5, PositionTolerance = 1e-5;

    private static readonly SamConfiguration Model = SamConfigurations.VitT;
    private static readonly ResizeTransform Unscaled = new(1024, 1024, 1024, 1024);

    public bool Recognises(GoldenFile file) =>
        file is { Family: "sam" } && file.FileName.StartsWith("decoder_", StringComparison.Ordinal);

    public IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using WeightFile weights = SyntheticWeights.Open(
            GoldenContext.SyntheticFolder, Model.Name, SamGraphs.Requirements(Model));
        return [
            .. Positions(golden, weights, context.Sessions),
            .. Prompts(golden, weights, context.Sessions),
            .. Transformer(golden, weights, context.Sessions),
            .. WholeDecoder(golden, weights, context.Sessions),
        ];
    }

    private static List<GoldenCheck> Positions(NpzFile golden, WeightFile weights, SessionFactory sessions)
    {
        using var run = new NetworkRun(sessions, weights);
        run.Output("pe", PositionEncoding.EncodeGrid(run.Root["prompt_encoder"], 64, 256));
        using SessionOutputs outputs = run.Run();
        using TensorBuffer<float> rows = outputs.Take<float>("pe");
        using TensorBuffer<float> planes = Transposed(rows, 64);
        float[] all = planes.Span.ToArray();
        return
        [
            Compare.Absolute("dense_pe_s8", Strided.Planes(planes.View, 8), golden["dense_pe_s8"], PositionTolerance),
            Compare.Absolute(
                "dense_pe_row0", Pick(all, (c, i) => (c * 4096) + i), golden["dense_pe_row0"], PositionTolerance),
            Compare.Absolute(
                "dense_pe_col63",
                Pick(all, (c, i) => (c * 4096) + (i * 64) + 63),
                golden["dense_pe_col63"],
                PositionTolerance),
        ];
    }

    private static float[] Pick(float[] all, Func<int, int, int> at)
    {
        var picked = new float[256 * 64];
        for (int i = 0; i < picked.Length; i++)
            picked[i] = all[at(i / 64, i % 64)];
        return picked;
    }

    private static List<GoldenCheck> Prompts(NpzFile golden, WeightFile weights, SessionFactory sessions)
    {
        SamPrompt[] points = PromptsOf(golden["points"], golden["labels"]);
        SamPrompt[] boxes = [.. BoxesOf(golden["boxes"]).Select(SamPrompt.FromBox)];
        SamPrompt[] both = [.. points.Zip(boxes, (point, box) => point with { Box = box.Box })];
        var checks = new List<GoldenCheck>
        {
            Sparse("sparse_points_padded", points),
            Sparse("sparse_points_boxes", both),
            Sparse("sparse_boxes", boxes),
        };

        using TensorBuffer<float> mask = TensorBuffer<float>.From(
            SyntheticNumbers.Floats("input.mask", 256 * 256, 8), 1, 1, 256, 256);
        using var run = new NetworkRun(sessions, weights);
        var encoder = new PromptEncoder(Model);
        run.Output("dense", encoder.EncodeMask(run.Root["prompt_encoder"], run.Input("mask", mask)));
        run.Output("none", encoder.NoMask(run.Root["prompt_encoder"]));
        using SessionOutputs outputs = run.Run();
        using TensorBuffer<float> dense = outputs.Take<float>("dense"), none = outputs.Take<float>("none");
        checks.Add(
            Compare.Absolute("dense_mask_s4", Strided.Planes(dense.View, 4), golden["dense_mask_s4"], Tolerance));
        checks.Add(Compare.Absolute("dense_nomask", none.Span, golden["dense_nomask_1x256"], PositionTolerance));
        return checks;

        GoldenCheck Sparse(string name, SamPrompt[] prompts)
        {
            using PromptTensors tensors = PromptTensors.From(prompts, Unscaled, 1024);
            using var sparseRun = new NetworkRun(sessions, weights);
            sparseRun.Output("sparse", new PromptEncoder(Model).EncodePoints(
                sparseRun.Root["prompt_encoder"],
                sparseRun.Input("points", tensors.Points),
                sparseRun.Input("labels", tensors.Labels)));
            using SessionOutputs results = sparseRun.Run();
            using TensorBuffer<float> sparse = results.Take<float>("sparse");
            return Compare.Absolute(name, sparse.Span, golden[name], PositionTolerance);
        }
    }

    private static List<GoldenCheck> Transformer(NpzFile golden, WeightFile weights, SessionFactory sessions)
    {
        SamPrompt[] prompts = PromptsOf(golden["dec_points"], null);
        using PromptTensors tensors = PromptTensors.From(prompts, Unscaled, 1024);
        using TensorBuffer<float> embedding = Embedding();
        using var run = new NetworkRun(sessions, weights);
        var encoder = new PromptEncoder(Model);
        var decoder = new MaskDecoder(Model);
        var sparse = encoder.EncodePoints(
            run.Root["prompt_encoder"], run.Input("points", tensors.Points), run.Input("labels", tensors.Labels));
        var image = decoder.Prepare(
            run.Root, run.Input("embedding", embedding), encoder.NoMask(run.Root["prompt_encoder"]));
        var (tokens, cells) = decoder.Attend(run.Root, sparse, image);
        run.Output("sparse", sparse);
        run.Output("hs", tokens);
        run.Output("src", cells.ToValue());
        run.Output("up", decoder.Upscale(run.Root, cells.Normal));
        using SessionOutputs outputs = run.Run();
        using TensorBuffer<float> sparseOut = outputs.Take<float>("sparse"), hs = outputs.Take<float>("hs");
        using TensorBuffer<float> src = outputs.Take<float>("src"), up = outputs.Take<float>("up");
        return
        [
            Compare.Absolute("dec_sparse", sparseOut.Span, golden["dec_sparse"], PositionTolerance),
            Compare.Absolute("dec_hs", hs.Span, golden["dec_hs"], Tolerance),
            Compare.Absolute("dec_src_s16", Strided.Take(src.View, 1, 16, 1), golden["dec_src_s16"], Tolerance),
            Compare.Absolute("dec_up_s8", UpscaledEvery8(up), golden["dec_up_s8"], Tolerance),
        ];
    }

    private static List<GoldenCheck> WholeDecoder(NpzFile golden, WeightFile weights, SessionFactory sessions)
    {
        using var model = new SamModel(Model, weights, sessions);
        using TensorBuffer<float> embedding = Embedding();
        using ImageEmbedding image = model.FromFeatures(embedding, null, Unscaled);
        SamPrompt[] prompts = PromptsOf(golden["dec_points"], null);
        using MaskCandidates multi = model.Decode(image, prompts, multimask: true, float.NegativeInfinity, default);
        using MaskCandidates single = model.Decode(image, prompts, multimask: false, float.NegativeInfinity, default);
        float[] lowResolution = Interleave(single, multi);
        float[] iou = [.. Enumerable.Range(0, 12).Select(
            i => i % 4 == 0
                ? single.Entries[i / 4].PredictedIoU
                : multi.Entries[(i / 4 * 3) + (i % 4) - 1].PredictedIoU)];
        using TensorBuffer<float> all = TensorBuffer<float>.From(lowResolution, 3, 4, 256, 256);

        using ImageEmbedding masked = model.WithMask(
            image, SyntheticNumbers.Floats("input.mask", 256 * 256, 8), default);
        SamPrompt box = SamPrompt.FromBox(BoxesOf(golden["boxes"])[0]);
        using MaskCandidates boxMask = model.Decode(masked, [box], multimask: false, float.NegativeInfinity, default);
        using TensorBuffer<float> boxLogits = TensorBuffer<float>.From(boxMask.Logits(0), 1, 1, 256, 256);
        return
        [
            Compare.Absolute("dec_lowres_p1", all.View[1].Span, golden["dec_lowres_p1"], Tolerance),
            Compare.Absolute("dec_lowres_s4", Strided.Planes(all.View, 4), golden["dec_lowres_s4"], Tolerance),
            Compare.Absolute("dec_iou_all4", iou, golden["dec_iou_all4"], Tolerance),
            Compare.Absolute(
                "boxmask_lowres_s4", Strided.Planes(boxLogits.View, 4), golden["dec_boxmask_lowres_s4"], Tolerance),
            Compare.Absolute("boxmask_iou", [boxMask.Entries[0].PredictedIoU], golden["dec_boxmask_iou"], Tolerance),
        ];
    }

    // Mask 0 comes from the single-mask answer, 1 to 3 from the multimask one.
    private static float[] Interleave(MaskCandidates single, MaskCandidates multi)
    {
        var all = new List<float>();
        for (int prompt = 0; prompt < single.Entries.Count; prompt++)
        {
            all.AddRange(single.Logits(prompt));
            for (int mask = 0; mask < 3; mask++)
                all.AddRange(multi.Logits((prompt * 3) + mask));
        }

        return [.. all];
    }

    private static TensorBuffer<float> Embedding() =>
        TensorBuffer<float>.From(SyntheticNumbers.Floats("input.image_embedding", 256 * 64 * 64), 1, 256, 64, 64);

    // Every 8th row and column falls on the first of a cell's 4×4 pixels, in every second cell.
    private static float[] UpscaledEvery8(TensorBuffer<float> up)
    {
        var picked = new List<float>();
        for (int prompt = 0; prompt < up.Shape[0]; prompt++)
            for (int channel = 0; channel < 32; channel++)
                for (int y = 0; y < 64; y += 2)
                    for (int x = 0; x < 64; x += 2)
                        picked.Add(up.Span[(((((prompt * 4096) + (y * 64) + x) * 16)) * 32) + channel]);
        return [.. picked];
    }

    private static TensorBuffer<float> Transposed(TensorBuffer<float> rows, int side)
    {
        int channels = rows.Shape[1];
        var planes = new TensorBuffer<float>(1, channels, side, side);
        for (int cell = 0; cell < side * side; cell++)
            for (int channel = 0; channel < channels; channel++)
                planes.Span[(channel * side * side) + cell] = rows.Span[(cell * channels) + channel];
        return planes;
    }

    private static SamPrompt[] PromptsOf(NpyArray points, NpyArray? labels)
    {
        float[] coordinates = points.Floats;
        long[]? kinds = labels?.Integers;
        int perPrompt = points.Shape[1];
        return [.. Enumerable.Range(0, points.Shape[0]).Select(prompt => new SamPrompt
        {
            Points = [.. Enumerable.Range(prompt * perPrompt, perPrompt).Select(
                i => ((double)coordinates[2 * i], (double)coordinates[(2 * i) + 1], (PromptLabel)(kinds?[i] ?? 1)))],
        })];
    }

    private static BoxXyxy[] BoxesOf(NpyArray boxes)
    {
        float[] corners = boxes.Floats;
        return [.. Enumerable.Range(0, boxes.Shape[0]).Select(
            i => new BoxXyxy(corners[4 * i], corners[(4 * i) + 1], corners[(4 * i) + 2], corners[(4 * i) + 3]))];
    }
}
