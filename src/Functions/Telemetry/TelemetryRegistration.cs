using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using FrozenSeg.Serving.Workflow.Telemetry;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace FrozenSeg.Functions.Telemetry;

/// <summary>Traces and metrics: to Azure Monitor and to an OTLP collector, whichever is configured.</summary>
internal static class TelemetryRegistration
{
    private static readonly Meter Meter = new("FrozenSeg.Functions");

    /// <summary>Adds OpenTelemetry with the sources of the workflow and of this app.</summary>
    public static IServiceCollection AddTelemetry(
        this IServiceCollection services, IConfiguration configuration, TokenCredential credential)
    {
        Meter.CreateObservableGauge("frozenseg.device.memory", Measure, "MiBy", "Device memory in use");
        IOpenTelemetryBuilder telemetry = services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(traces => traces.AddSource(WorkflowTelemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter(WorkflowTelemetry.Name, Meter.Name));
        if (!string.IsNullOrEmpty(configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"]))
            telemetry.UseAzureMonitorExporter(monitor => monitor.Credential = credential);
        if (!string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.UseOtlpExporter();
        return services;
    }

    private static IEnumerable<Measurement<long>> Measure() =>
        DeviceMemory.Read() is DeviceMemory memory ? [new Measurement<long>(memory.UsedMegabytes)] : [];
}
