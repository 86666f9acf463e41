using System.Diagnostics.Metrics;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Serving.Http.Uploads;
using FrozenSeg.Serving.Workflow.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace FrozenSeg.Cli;

/// <summary>
/// Metrics and traces of a service: a page for Prometheus at <c>/metrics</c>, and OTLP to wherever
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says.
/// </summary>
internal static class ServiceTelemetry
{
    private const string Page = "/metrics", MeterName = "FrozenSeg.Service", Server = "Microsoft.AspNetCore.Hosting";

    // OTEL_SERVICE_NAME gives it another.
    private const string ServiceName = "frozenseg";

    /// <summary>Adds the sources and where they go.</summary>
    public static void Add(WebApplicationBuilder builder, LocalService service, ByteBudget inFlight)
    {
        var meter = new Meter(MeterName);
        builder.Services.AddSingleton(meter);
        meter.CreateObservableGauge(
            "frozenseg.queue.length",
            () => service.Runner.Unfinished,
            "{segmentation}",
            "Segmentations that have not ended");
        meter.CreateObservableGauge(
            "frozenseg.body.memory", () => inFlight.Spent, "By", "Memory that holds what callers are sending");
        OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName).AddEnvironmentVariableDetector())
            .WithTracing(traces => traces.AddSource(WorkflowTelemetry.Name, "Microsoft.AspNetCore"))
            .WithMetrics(
                metrics => metrics.AddMeter(WorkflowTelemetry.Name, MeterName, Server).AddPrometheusExporter());
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")))
            telemetry.UseOtlpExporter();
    }

    /// <summary>Maps the page; it asks for the same key as the rest.</summary>
    public static void Map(WebApplication application, SegmentationApi api)
    {
        application.UseWhen(context => context.Request.Path == Page, branch => branch.Use((context, next) =>
        {
            if (api.Allows(context.Request))
                return next(context);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }));
        application.MapPrometheusScrapingEndpoint(Page);
    }
}
