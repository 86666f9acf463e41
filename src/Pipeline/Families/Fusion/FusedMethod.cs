using System.Diagnostics;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Families.Fusion;

/// <summary>Proposals, CLIP as RNN and SAM one after the other on one picture, then joined.</summary>
/// <param name="proposals">FrozenSeg, SAM 3 or both; disposed with this.</param>
/// <param name="prompts">CLIP as RNN; disposed with this.</param>
/// <param name="masks">SAM's automatic masks; disposed with this.</param>
/// <param name="options">How they are joined.</param>
internal sealed class FusedMethod(
    ISegmentationMethod proposals,
    ISegmentationMethod prompts,
    ISegmentationMethod masks,
    FusionOptions options) : ISegmentationMethod
{
    /// <inheritdoc/>
    public string Name => SegmentFusion.MethodName;

    /// <inheritdoc/>
    public SegmentationOutcome Segment(
        PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation)
    {
        var timings = new List<StageTiming>();
        SegmentationOutcome found = Run(proposals, SegmentationTask.Panoptic);
        progress?.Report(0.3);
        SegmentationOutcome survived = Run(prompts, SegmentationTask.Semantic);
        progress?.Report(0.6);
        SegmentationOutcome shapes = Run(masks, SegmentationTask.Masks);
        progress?.Report(0.95);
        return new SegmentFusion(options).Fuse(found, survived, shapes, order) with { Timings = timings };

        SegmentationOutcome Run(ISegmentationMethod method, SegmentationTask task)
        {
            long start = Stopwatch.GetTimestamp();
            var part = new SegmentationOrder(task is SegmentationTask.Masks ? null : order.Vocabulary, [task]);
            SegmentationOutcome outcome = method.Segment(image, part, null, cancellation);
            timings.Add(new StageTiming(method.Name, Stopwatch.GetElapsedTime(start).TotalSeconds));
            return outcome;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        proposals.Dispose();
        prompts.Dispose();
        masks.Dispose();
    }
}
