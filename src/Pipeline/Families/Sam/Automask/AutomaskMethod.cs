using System.Diagnostics;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Families.Sam.Automask;

/// <summary>Every mask of a picture, without classes: SAM's automatic mask generator as a method.</summary>
/// <param name="model">The network; stays the caller's.</param>
/// <param name="options">Settings of the generator.</param>
internal sealed class AutomaskMethod(IPromptableModel model, AutomaticMaskOptions options) : ISegmentationMethod
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "automask";

    private readonly AutomaticMaskGenerator _generator = new(model, options);

    /// <inheritdoc/>
    public string Name => MethodName;

    /// <inheritdoc/>
    public SegmentationOutcome Segment(
        PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (order.Tasks.Any(task => task is not SegmentationTask.Masks))
        {
            throw SegmentationProblem.InvalidRequest(
                "task", "automask finds masks without classes", "Use --task masks, or another method");
        }

        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<MaskProposal> masks = _generator.Generate(image, progress, cancellation);
        return new SegmentationOutcome
        {
            Segments = [.. masks.Select((mask, i) => Segment(mask, i + 1))],
            Models = [new ModelStamp(RoleNames.Sam, model.Name, model.WeightHash)],
            Settings = AutomaskSettings.Table.Describe(options),
            Timings = [new StageTiming(MethodName, Stopwatch.GetElapsedTime(start).TotalSeconds)],
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The network belongs to whoever loaded it.
    }

    private static ResultSegment Segment(MaskProposal mask, int id) => ResultSegment.Of(
        id,
        mask.Segmentation,
        null,
        "",
        null,
        Math.Clamp(mask.PredictedIoU, 0, 1),
        isThing: true,
        SegmentSource.Automask) with
    {
        Sam = new SamScores(
            mask.PredictedIoU,
            float.IsNaN(mask.StabilityScore) ? null : mask.StabilityScore,
            [[mask.Point.X, mask.Point.Y]],
            [mask.Crop.X0, mask.Crop.Y0, mask.Crop.Width, mask.Crop.Height]),
    };
}
