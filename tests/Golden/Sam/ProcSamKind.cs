using FrozenSeg.Pipeline.Families.Sam;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Sam;

/// <summary><c>procsam_*.npz</c>: the procedural stand-in on a picture, four points.</summary>
internal sealed class ProcSamKind() : FileKind("sam", "procsam_*.npz")
{
    private const double LogitTolerance = 1e-3, Tolerance = 1e-5;
    private const int Masks = 3;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using var model = new ProcSam(context.Sessions);
        using ImageEmbedding image = model.Encode(context.Picture(file.Name["procsam_".Length..]), default);
        float[] points = golden["points"].Floats;
        // The stored points lie in the encoder's frame.
        (double x, double y) = image.Transform.Apply(1, 1);
        SamPrompt[] prompts = [.. points.Chunk(2).Select(point => SamPrompt.FromPoint(point[0] / x, point[1] / y))];
        using MaskCandidates candidates = model.Decode(
            image, prompts, multimask: true, float.NegativeInfinity, default);

        using var logits = new TensorBuffer<float>(prompts.Length, Masks, model.MaskSize, model.MaskSize);
        long[] areas = new long[prompts.Length * Masks];
        for (int i = 0; i < areas.Length; i++)
        {
            candidates.Logits(i).CopyTo(logits.View[i / Masks][i % Masks].Span);
            foreach (float logit in candidates.Logits(i))
                areas[i] += logit > 0 ? 1 : 0;
        }

        using TensorBuffer<float> first48 = TensorBuffer<float>.From(
            image.Features.Span[..(48 * 64 * 64)], 1, 48, 64, 64);
        return
        [
            Compare.Absolute("embedding_48", Strided.Planes(first48.View, 4), golden["embedding_48"], Tolerance),
            Compare.Absolute("lowres_s4", Strided.Planes(logits.View, 4), golden["lowres_s4"], LogitTolerance),
            Compare.Absolute(
                "iou", [.. candidates.Entries.Select(entry => entry.PredictedIoU)], golden["iou"], Tolerance),
            Compare.Equal<long>("area", areas, golden["area"].Integers),
        ];
    }
}
