using FrozenSeg.Pipeline.Families.ClipAsRnn.Refinement;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Crf;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.Car;

/// <summary>
/// <c>crf*.npz</c>: the dense CRF from proposals to labels, with every iteration, and exact mean field.
/// </summary>
internal sealed class CrfKind() : FileKind("car", "crf*.npz", "*_crf*.npz")
{
    private const double LatticeTolerance = 1e-3, ExactTolerance = 1e-4, UnaryTolerance = 1e-6;

    // Rounding ties pick other simplices here and there.
    private const double MostLatticeOutliers = 0.005, MostOtherLabels = 0.01;

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        NpyArray cams = golden["cams"];
        int count = cams.Shape[0], height = cams.Shape[1], width = cams.Shape[2];
        var image = new PixelImage(width, height, golden["image"].Bytes);
        float factor = golden["bg_factor"].Floats[0];
        return
        [
            .. Inputs(golden, image, cams.Floats, count, factor),
            .. Iterations(golden, width, height, count + 1),
            .. Exact(golden, width, height, count + 1),
            .. Labels(golden, new ProposalRefinement(image), cams.Floats, count, factor),
        ];
    }

    private static IEnumerable<GoldenCheck> Inputs(
        NpzFile golden, PixelImage image, float[] cams, int count, float factor)
    {
        yield return Compare.Equal<byte>("crf_image_u8", CrfColours.Of(image), golden["crf_image_u8"].Bytes);
        float[] probabilities = ProposalRefinement.WithBackground(cams, count, factor);
        yield return Compare.Absolute("prob", probabilities, golden["prob"], UnaryTolerance);
        yield return Compare.Absolute(
            "unary", ProposalRefinement.Unary(probabilities), golden["unary"], UnaryTolerance);
    }

    private static IEnumerable<GoldenCheck> Iterations(NpzFile golden, int width, int height, int labels)
    {
        byte[] colours = golden["crf_image_u8"].Bytes;
        float[] unary = golden["unary"].Floats, expected = golden["q_lattice_iters"].Floats;
        for (int iteration = 0; iteration <= 10; iteration++)
        {
            var crf = new DenseCrf(width, height, colours, new DenseCrfOptions { Iterations = iteration });
            float[] beliefs = crf.Infer(unary, labels);
            yield return Outliers(
                $"q_lattice_iters[{iteration}]", beliefs, expected.AsSpan(iteration * unary.Length, unary.Length));
            if (labels == 2)
                yield return Outliers(
                    $"foreground[{iteration}]", Foreground(crf, unary), beliefs.AsSpan(unary.Length / 2));
        }
    }

    private static float[] Foreground(DenseCrf crf, float[] unary)
    {
        int area = unary.Length / 2;
        return crf.InferForeground([.. Enumerable.Range(0, area).Select(i => unary[i] - unary[area + i])], 1);
    }

    private static IEnumerable<GoldenCheck> Exact(NpzFile golden, int width, int height, int labels)
    {
        byte[] colours = golden["crf_image_u8"].Bytes;
        float[] unary = golden["unary"].Floats;
        float[] beliefs = ExactMeanField.Infer(width, height, colours, unary, labels, new DenseCrfOptions());
        yield return Compare.Absolute("q_exact", beliefs, golden["q_exact"], ExactTolerance);
        float[] lattice = new DenseCrf(width, height, colours).Infer(unary, labels);
        yield return new GoldenCheck(
            "lattice labels beside exact ones",
            Differing(Best(lattice, labels), Best(beliefs, labels)),
            MostOtherLabels);
    }

    private static IEnumerable<GoldenCheck> Labels(
        NpzFile golden, ProposalRefinement refinement, float[] cams, int count, float factor)
    {
        LabelMap labels = refinement.Compete(cams, count, factor);
        long[] expected = golden["label_lattice"].Integers;
        yield return new GoldenCheck(
            "label_lattice",
            Differing(labels.Labels, Array.ConvertAll(expected, label => (int)label)),
            MostOtherLabels);
        BinaryMask[] separate = refinement.Separate(cams, count, factor);
        byte[] alone = golden["labels_separate"].Bytes;
        yield return new GoldenCheck(
            "labels_separate",
            Differing(
                [.. separate.SelectMany(mask => mask.Pixels.ToArray().Select(pixel => (int)pixel))],
                Array.ConvertAll(alone, label => (int)label)),
            MostOtherLabels);
    }

    private static GoldenCheck Outliers(string what, ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        int outliers = 0;
        for (int i = 0; i < actual.Length; i++)
            outliers += Math.Abs(actual[i] - expected[i]) <= LatticeTolerance ? 0 : 1;
        return new GoldenCheck(
            what,
            (double)outliers / actual.Length,
            MostLatticeOutliers,
            $"{outliers} of {actual.Length} beyond {LatticeTolerance}");
    }

    private static double Differing(ReadOnlySpan<int> actual, ReadOnlySpan<int> expected)
    {
        int differing = 0;
        for (int i = 0; i < actual.Length; i++)
            differing += actual[i] == expected[i] ? 0 : 1;
        return (double)differing / actual.Length;
    }

    private static int[] Best(float[] beliefs, int labels)
    {
        int area = beliefs.Length / labels;
        return [.. Enumerable.Range(0, area).Select(
            i => Enumerable.Range(0, labels).MaxBy(label => beliefs[(label * area) + i]))];
    }
}
