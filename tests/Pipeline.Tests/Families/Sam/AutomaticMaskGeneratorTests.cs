using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Sam;

public sealed class AutomaticMaskGeneratorTests
{
    private static readonly AutomaticMaskOptions Lenient = new()
    {
        PointsPerSide = 6,
        PointsPerBatch = 8,
        PredictedIoUThreshold = 0.05f,
        StabilityScoreThreshold = 0.3f,
        StabilityScoreOffset = 0.1f,
    };

    [Fact]
    public void Generate_EqualsTheGeneratorWithoutShortcuts()
    {
        PixelImage image = TestPicture.Make(50, 70);
        using SamModel model = TinySam.Load();

        IReadOnlyList<MaskProposal> actual = new AutomaticMaskGenerator(model, Lenient).Generate(image);

        MaskProposal[] expected = PlainGenerator(model, image);
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(Describe), actual.Select(Describe));
    }

    [Fact]
    public void Generate_BatchSizeChangesNothing()
    {
        PixelImage image = TestPicture.Make(50, 70);
        using SamModel model = TinySam.Load();

        IReadOnlyList<MaskProposal> few = new AutomaticMaskGenerator(model, Lenient with { PointsPerBatch = 3 })
            .Generate(image);
        IReadOnlyList<MaskProposal> many = new AutomaticMaskGenerator(model, Lenient with { PointsPerBatch = 100 })
            .Generate(image);

        Assert.Equal(few.Select(Describe), many.Select(Describe));
    }

    [Fact]
    public void Generate_WithCrops_FindsMasksInsideThem()
    {
        using SamModel model = TinySam.Load();

        IReadOnlyList<MaskProposal> masks =
            new AutomaticMaskGenerator(model, Lenient with { CropLayers = 1, CropPointsDownscaleFactor = 2 })
                .Generate(TestPicture.Make(60, 60));

        Assert.Contains(masks, mask => mask.Crop.Layer == 1);
        Assert.All(masks, mask => Assert.Equal((60, 60), (mask.Segmentation.Height, mask.Segmentation.Width)));
    }

    [Fact]
    public void Generate_WithMinimalArea_LeavesNoSmallIslands()
    {
        using SamModel model = TinySam.Load();

        IReadOnlyList<MaskProposal> masks =
            new AutomaticMaskGenerator(model, Lenient with { MinMaskRegionArea = 40 })
                .Generate(TestPicture.Make(50, 70));

        Assert.NotEmpty(masks);
        Assert.All(masks, mask => Assert.All(
            ConnectedComponents.Of(mask.Segmentation.ToMask(), Connectivity.Eight).Areas[1..],
            area => Assert.True(area >= 40 || area == mask.Segmentation.Area)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(2000, 2)]
    public void Generate_ExtremeShapes_AreSegmentedLikeAnyOther(int height, int width)
    {
        using SamModel model = TinySam.Load();

        IReadOnlyList<MaskProposal> masks = new AutomaticMaskGenerator(model, Lenient)
            .Generate(TestPicture.Make(height, width));

        Assert.All(masks, mask => Assert.Equal((height, width), (mask.Segmentation.Height, mask.Segmentation.Width)));
    }

    [Fact]
    public void Generate_ProgressEndsAtOne()
    {
        using SamModel model = TinySam.Load();
        var reports = new List<double>();

        new AutomaticMaskGenerator(model, Lenient).Generate(TestPicture.Make(30, 30), new ListProgress(reports));

        Assert.Equal(1, reports[^1], 9);
        Assert.Equal(reports.Order(), reports);
    }

    [Fact]
    public void Generate_Cancelled_Stops()
    {
        using SamModel model = TinySam.Load();
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(
            () => new AutomaticMaskGenerator(model, Lenient)
                .Generate(TestPicture.Make(30, 30), cancellation: stop.Token));
    }

    [Fact]
    public void Constructor_NonsenseOptions_AreAllNamedAtOnce()
    {
        using SamModel model = TinySam.Load();
        var nonsense = new AutomaticMaskOptions
        {
            PointsPerSide = 0,
            BoxNmsThreshold = double.NaN,
            CropLayers = -1,
            MinMaskRegionArea = -5,
        };

        var failure = Assert.Throws<SegmentationProblemException>(() => new AutomaticMaskGenerator(model, nonsense));

        Assert.Equal(
            [
                "settings.points_per_side",
                "settings.box_nms_thresh",
                "settings.crop_n_layers",
                "settings.min_mask_region_area",
            ],
            failure.Problems.Select(problem => problem.Where));
    }

    // Every mask at full size, filtered afterwards, as the official generator works.
    private static MaskProposal[] PlainGenerator(SamModel model, PixelImage image)
    {
        using ImageEmbedding embedding = model.Encode(image, default);
        var upscaler = new MaskUpscaler(model.MaskSize, model.ImageSize, embedding.Transform);
        var crop = new CropBox(0, 0, image.Width, image.Height, 0);
        var found = new List<MaskProposal>();
        foreach ((double x, double y) in PointGrid.Build(Lenient.PointsPerSide))
        {
            (double X, double Y) point = (x * image.Width, y * image.Height);
            using MaskCandidates candidates =
                model.Decode(embedding, [SamPrompt.FromPoint(point.X, point.Y)], true, float.NegativeInfinity, default);
            for (int i = 0; i < candidates.Entries.Count; i++)
            {
                float[] full = upscaler.Upscale(candidates.Logits(i));
                float stability = (float)full.Count(logit => logit > 0.1f) / full.Count(logit => logit > -0.1f);
                if (!(candidates.Entries[i].PredictedIoU > Lenient.PredictedIoUThreshold)
                    || !(stability >= Lenient.StabilityScoreThreshold))
                    continue;
                var runs = RunLengthEncoding.FromMask(
                    new BinaryMask(
                        image.Height, image.Width, Array.ConvertAll(full, logit => logit > 0 ? (byte)1 : (byte)0)));
                found.Add(new MaskProposal(
                    runs, runs.InclusiveBox(), candidates.Entries[i].PredictedIoU, stability, point, crop));
            }
        }

        int[] kept = BoxNms.Keep(
            [.. found.Select(mask => mask.Box)], [.. found.Select(mask => mask.PredictedIoU)], Lenient.BoxNmsThreshold);
        return [.. kept.Select(i => found[i])];
    }

    private static (string, BoxXyxy, double, double) Describe(MaskProposal mask) => (
        mask.Segmentation.ToCocoString(), mask.Box, Math.Round(mask.PredictedIoU, 4), Math.Round(
            mask.StabilityScore, 4));

    private sealed class ListProgress(List<double> reports) : IProgress<double>
    {
        public void Report(double value) => reports.Add(value);
    }
}
