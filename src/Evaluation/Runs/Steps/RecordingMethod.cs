using System.Text.Json;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Runs.Reporting;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Evaluation.Runs.Steps;

/// <summary>
/// A method that notes in <c>used.json</c> what it was made of and how long it took: answers to references and frames
/// of videos are masks alone.
/// </summary>
/// <param name="method">The method; disposed with this one.</param>
/// <param name="folder">The run's folder.</param>
internal sealed class RecordingMethod(ISegmentationMethod method, string folder) : ISegmentationMethod
{
    private const string Document = "used.json";

    private readonly Lock _writing = new();
    private MethodUse _use = Read(folder) ?? new MethodUse();

    /// <inheritdoc/>
    public string Name => method.Name;

    /// <summary>What a run noted; null when it noted nothing.</summary>
    public static MethodUse? Read(string folder) =>
        File.Exists(Path.Combine(folder, Document))
            ? JsonFile.Read(Path.Combine(folder, Document), RunJsonContext.Default.MethodUse)
            : null;

    /// <inheritdoc/>
    public SegmentationOutcome Segment(
        PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation)
    {
        SegmentationOutcome outcome = method.Segment(image, order, progress, cancellation);
        lock (_writing)
        {
            _use = new MethodUse
            {
                Calls = _use.Calls + 1,
                Seconds = _use.Seconds + outcome.Timings.Sum(timing => timing.Seconds),
                Settings = outcome.Settings,
                Models = outcome.Models,
            };
            AtomicFile.Write(
                Path.Combine(folder, Document),
                JsonSerializer.SerializeToUtf8Bytes(_use, RunJsonContext.Default.MethodUse));
        }

        return outcome;
    }

    /// <inheritdoc/>
    public void Dispose() => method.Dispose();
}
