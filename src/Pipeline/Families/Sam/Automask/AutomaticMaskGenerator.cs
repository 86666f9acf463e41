using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam.Automask;

/// <summary>
/// SAM without a prompt (sam.md 6): a grid of points, masks for each, filters, and suppression of duplicates; crop by
/// crop. Safe for many callers.
/// </summary>
/// <param name="model">The network that answers points.</param>
/// <param name="options">Settings.</param>
/// <exception cref="SegmentationProblemException">The settings make no sense; all problems at once.</exception>
internal sealed class AutomaticMaskGenerator(IPromptableModel model, AutomaticMaskOptions options)
{
    private readonly AutomaticMaskOptions _options = Checked(options);

    /// <summary>Finds all masks of a picture, in the official order.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="progress">Told the share of points decoded, 0..1.</param>
    /// <param name="cancellation">Stops the work.</param>
    public IReadOnlyList<MaskProposal> Generate(
        PixelImage image, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        IReadOnlyList<CropBox> crops = CropBox.Generate(
            image.Width, image.Height, _options.CropLayers, _options.CropOverlapRatio);
        int points = crops.Sum(crop => PointsIn(crop) * PointsIn(crop)), done = 0;
        var report = new Action<int>(count => progress?.Report((double)(done += count) / points));

        List<MaskProposal> proposals = [.. crops.SelectMany(crop => GenerateInCrop(image, crop, report, cancellation))];
        if (crops.Count > 1)
        {
            // Masks from smaller crops are finer.
            proposals = Suppress(proposals, proposal => 1 / (float)proposal.Crop.Area, _options.CropNmsThreshold);
        }

        return _options.MinMaskRegionArea > 0 ? ClearSmallRegions(proposals) : proposals;
    }

    private int PointsIn(CropBox crop) =>
        PointGrid.PointsPerSide(_options.PointsPerSide, crop.Layer, _options.CropPointsDownscaleFactor);

    private List<MaskProposal> GenerateInCrop(
        PixelImage image, CropBox crop, Action<int> report, CancellationToken cancellation)
    {
        bool isWhole = crop.Layer == 0;
        PixelImage pixels = isWhole ? image : image.Crop(crop.X0, crop.Y0, crop.Width, crop.Height);
        using ImageEmbedding embedding = model.Encode(pixels, cancellation);
        var upscaler = new MaskUpscaler(
            model.MaskSize, model.ImageSize, embedding.Transform, crop, image.Width, image.Height);

        (double X, double Y)[] points =
            [.. PointGrid.Build(PointsIn(crop)).Select(point => (point.X * crop.Width, point.Y * crop.Height))];
        var proposals = new List<MaskProposal>();
        foreach ((double X, double Y)[] batch in points.Chunk(_options.PointsPerBatch))
        {
            cancellation.ThrowIfCancellationRequested();
            proposals.AddRange(GenerateFromPoints(embedding, batch, upscaler, crop, image, cancellation));
            report(batch.Length);
        }

        return Suppress(proposals, proposal => proposal.PredictedIoU, _options.BoxNmsThreshold);
    }

    private IEnumerable<MaskProposal> GenerateFromPoints(
        ImageEmbedding embedding,
        (double X, double Y)[] points,
        MaskUpscaler upscaler,
        CropBox crop,
        PixelImage image,
        CancellationToken cancellation)
    {
        SamPrompt[] prompts = [.. points.Select(point => SamPrompt.FromPoint(point.X, point.Y))];
        float threshold = _options.PredictedIoUThreshold > 0 ? _options.PredictedIoUThreshold : float.NegativeInfinity;
        using MaskCandidates candidates = model.Decode(embedding, prompts, multimask: true, threshold, cancellation);

        var proposals = new MaskProposal?[candidates.Entries.Count];
        Parallel.For(0, proposals.Length, i =>
        {
            (int prompt, float predictedIoU) = candidates.Entries[i];
            MaskRaster raster = upscaler.Rasterise(candidates.Logits(i), _options.StabilityScoreOffset);
            // NaN, two empty masks, does not pass either.
            if (_options.StabilityScoreThreshold > 0 && !(raster.StabilityScore >= _options.StabilityScoreThreshold))
                return;
            BoxXyxy box = BoxOf(raster.Runs, crop);
            if (CropEdge.Touches(box, crop, image.Width, image.Height))
                return;
            (double X, double Y) point = (points[prompt].X + crop.X0, points[prompt].Y + crop.Y0);
            proposals[i] = new MaskProposal(raster.Runs, box, predictedIoU, raster.StabilityScore, point, crop)
            {
                Logits = _options.KeepsLogits ? new ProposalLogits(upscaler, candidates.Logits(i).ToArray()) : null,
            };
        });
        return proposals.OfType<MaskProposal>();
    }

    // An empty mask, possible when nothing is filtered, has its box in the crop's corner.
    private static BoxXyxy BoxOf(RunLengthEncoding runs, CropBox crop) =>
        runs.Area > 0 ? runs.InclusiveBox() : new BoxXyxy(crop.X0, crop.Y0, crop.X0, crop.Y0);

    // Touched masks lose against untouched ones; otherwise the order stays (sam.md 6, postprocess_small_regions).
    private List<MaskProposal> ClearSmallRegions(List<MaskProposal> proposals)
    {
        var cleared = new (MaskProposal Proposal, bool IsTouched)[proposals.Count];
        Parallel.For(0, cleared.Length, i => cleared[i] = ClearSmallRegions(proposals[i]));
        int[] kept = BoxNms.Keep(
            [.. cleared.Select(entry => entry.Proposal.Box)],
            [.. cleared.Select(entry => entry.IsTouched ? 0f : 1f)],
            Math.Max(_options.BoxNmsThreshold, _options.CropNmsThreshold));
        return [.. kept.Select(i => cleared[i].Proposal)];
    }

    private (MaskProposal Proposal, bool IsTouched) ClearSmallRegions(MaskProposal proposal)
    {
        BinaryMask mask = proposal.Segmentation.ToMask();
        bool touched = SmallRegions.FillHoles(mask, _options.MinMaskRegionArea);
        touched |= SmallRegions.RemoveIslands(mask, _options.MinMaskRegionArea);
        if (!touched)
            return (proposal, false);
        var runs = RunLengthEncoding.FromMask(mask);
        return (proposal with { Segmentation = runs, Box = runs.InclusiveBox() }, true);
    }

    private static List<MaskProposal> Suppress(
        List<MaskProposal> proposals, Func<MaskProposal, float> score, double threshold)
    {
        int[] kept = BoxNms.Keep(
            [.. proposals.Select(proposal => proposal.Box)], [.. proposals.Select(score)], threshold);
        return [.. kept.Select(i => proposals[i])];
    }

    private static AutomaticMaskOptions Checked(AutomaticMaskOptions options)
    {
        SegmentationProblem[] problems = [.. options.Problems()];
        return problems.Length == 0 ? options : throw new SegmentationProblemException(problems);
    }
}
