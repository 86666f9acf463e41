using FrozenSeg.Shared.Problems;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FrozenSeg;

/// <summary>Healthy when ONNX Runtime is there and the device answers.</summary>
internal sealed class SegmenterHealthCheck(IServiceProvider services) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            Segmenter segmenter = services.GetRequiredService<Segmenter>();
            return Task.FromResult(
                HealthCheckResult.Healthy($"Networks run on {segmenter.Provider.ToString().ToLowerInvariant()}."));
        }
        catch (SegmentationProblemException failure)
        {
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, failure.Message, failure));
        }
    }
}
