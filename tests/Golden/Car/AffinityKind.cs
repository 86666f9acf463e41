using System.Text.Json;
using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Car;

/// <summary><c>*_caa.npz</c>: the affinity, the boxes, and maps spread along it.</summary>
internal sealed class AffinityKind() : FileKind("car", "*_caa.npz")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        using var picture = new NpzFile(file.Sibling(file.FileName.Replace("_caa", "_cam", StringComparison.Ordinal)));
        using JsonDocument settings = JsonDocument.Parse(
            File.ReadAllBytes(file.Path.Replace("_caa.npz", ".json", StringComparison.Ordinal)));
        using var tiny = new TinyClip(file, 'A');
        using TensorBuffer<float> input = picture["input"].ToTensor();
        using var model = new ActivationModel(tiny.Vision, tiny.Weights, context.Sessions);
        PixelImage pixels = picture["image"].Image();
        using ImageActivations image = model.Encode(input, pixels.Grid());

        var checks = new List<GoldenCheck>
        {
            Compare.Absolute("attn_last8_mean", MeanAttention(tiny, input, context), golden["attn_last8_mean"], 1e-5),
            Compare.Absolute("affinity_sym", image.Affinity.Span, golden["affinity_sym"], 1e-5),
        };
        double lambda = settings.RootElement.GetProperty("lambda_").GetDouble();
        float[][] maps = golden["cam"].Planes();
        checks.Add(Boxes(golden, maps, image.Grid, lambda));
        checks.AddRange(Spread(golden, maps, image, pixels, lambda));
        return checks;
    }

    private static float[] MeanAttention(TinyClip tiny, TensorBuffer<float> input, GoldenContext context)
    {
        var network = new ActivationNetwork(tiny.Vision, tiny.Weights, context.Sessions.Target);
        using ModelSession session = context.Sessions.Create(network.Image(averagedBlocks: 8).Build());
        using SessionInputs inputs = new SessionInputs().Add("image", input);
        using SessionOutputs outputs = session.Run(inputs, ["mean_attention"]);
        using TensorBuffer<float> mean = outputs.Take<float>("mean_attention");
        return mean.Span.ToArray();
    }

    // The reference also lists boxes of holes, which lie inside the others; the covered patches are what counts.
    private static GoldenCheck Boxes(NpzFile golden, float[][] maps, PatchGrid grid, double lambda)
    {
        var covered = new byte[maps.Length * grid.Count];
        for (int i = 0; i < maps.Length; i++)
        {
            foreach ((int x0, int y0, int x1, int y1) in AffinityBoxes.Of(maps[i], grid, lambda))
            {
                for (int y = y0; y < y1; y++)
                    covered.AsSpan((i * grid.Count) + (y * grid.Columns) + x0, Math.Max(0, x1 - x0)).Fill(1);
            }
        }

        return Compare.Equal<byte>("box_mask", covered, golden["box_mask"].Bytes);
    }

    private static IEnumerable<GoldenCheck> Spread(
        NpzFile golden, float[][] maps, ImageActivations image, PixelImage pixels, double lambda)
    {
        using var sources = new TensorBuffer<float>(maps.Length, image.Grid.Count);
        for (int i = 0; i < maps.Length; i++)
            AffinityBoxes.Limit(maps[i], image.Grid, lambda, sources.View[i].Span);
        using TensorBuffer<float> refined = image.Refine(sources, default);
        yield return Compare.Absolute("refined", refined.Span, golden["refined"], 1e-5);

        var generator = new MaskProposalGenerator(
            image, pixels.Width, pixels.Height, 1, [], new CarOptions { CamBoxThreshold = lambda }, isReferring: false);
        var proposals = new SoftMasks(image.Grid, pixels.Width, pixels.Height, generator.Refine(maps, default));
        float[] enlarged = Enumerable.Range(0, proposals.Count).Select(i => proposals[i]).Flat();
        yield return Compare.Absolute("refined_hires", enlarged, golden["refined_hires"], 1e-4);
    }
}
