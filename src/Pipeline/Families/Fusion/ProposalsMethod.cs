using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Families.Fusion;

/// <summary>
/// The panoptic segments of one proposer or of several, one after the other; each segment says who found it.
/// </summary>
/// <param name="parts">The proposers; disposed with this.</param>
internal sealed class ProposalsMethod(IReadOnlyList<ISegmentationMethod> parts) : ISegmentationMethod
{
    /// <summary>What a workflow calls it; nobody asks for it by name.</summary>
    public const string MethodName = "proposals";

    /// <inheritdoc/>
    public string Name => parts.Count == 1 ? parts[0].Name : MethodName;

    /// <inheritdoc/>
    public SegmentationOutcome Segment(
        PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation)
    {
        SegmentationOutcome[] outcomes =
        [
            .. parts.Select((part, i) =>
            {
                SegmentationOutcome outcome = part.Segment(image, order, null, cancellation);
                progress?.Report((i + 1.0) / parts.Count);
                return outcome;
            }),
        ];
        return outcomes[0] with
        {
            // The segments of several overlap: no map holds them all, and whoever joins them makes one.
            Segments = [.. outcomes.SelectMany(outcome => outcome.Segments).Select(
                (segment, i) => segment with { Id = i + 1 })],
            Models = [.. outcomes.SelectMany(outcome => outcome.Models).Distinct()],
            Settings = parts.Zip(outcomes)
                .SelectMany(part => part.Second.Settings.Select(
                    setting => KeyValuePair.Create($"{part.First.Name}.{setting.Key}", setting.Value)))
                .ToDictionary(),
            Timings = [.. outcomes.SelectMany(outcome => outcome.Timings).GroupBy(timing => timing.Stage)
                .Select(stage => new StageTiming(stage.Key, stage.Sum(timing => timing.Seconds)))],
            Trace = null,
            Warnings = [.. outcomes.SelectMany(outcome => outcome.Warnings).Distinct()],
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ISegmentationMethod part in parts)
            part.Dispose();
    }
}
