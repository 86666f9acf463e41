using System.Diagnostics.Metrics;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Serving.Workflow.Telemetry;

namespace FrozenSeg.Serving.Interaction;

/// <summary>What is kept of pictures, as metrics, for as long as the service lives.</summary>
internal sealed class InteractionMetrics : IDisposable
{
    private readonly Meter _meter = new(WorkflowTelemetry.Name);

    /// <param name="features">What is kept.</param>
    public InteractionMetrics(FeatureCache features)
    {
        _meter.CreateObservableCounter(
            "frozenseg.features.hits", () => features.Figures.Hits, "{use}", "Uses of what an encoder had made before");
        _meter.CreateObservableCounter(
            "frozenseg.features.misses", () => features.Figures.Misses, "{run}", "Encoder runs");
        _meter.CreateObservableCounter(
            "frozenseg.features.evictions", () => features.Figures.Evictions, "{entry}", "Features that made room");
        _meter.CreateObservableUpDownCounter(
            "frozenseg.features.bytes", () => features.Figures.Bytes, "By", "Features kept");
        _meter.CreateObservableUpDownCounter(
            "frozenseg.features.entries", () => features.Figures.Entries, "{entry}", "Features kept");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
