using FrozenSeg.Pipeline.Foundation.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FrozenSeg.Pipeline.Tests.Library;

public sealed class ServiceCollectionTests
{
    [Fact]
    public async Task AddFrozenSeg_GivesOneSegmenterAndAHealthyCheck()
    {
        await using ServiceProvider services = Services(
            options => options.Runtime = new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu });

        HealthReport report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Same(services.GetRequiredService<Segmenter>(), services.GetRequiredService<Segmenter>());
        Assert.Equal(
            (HealthStatus.Healthy, "Networks run on cpu."),
            (report.Entries["frozenseg"].Status, report.Entries["frozenseg"].Description));
    }

    [Fact]
    public async Task AddFrozenSeg_UnusableOptions_FailWithAReason()
    {
        await using ServiceProvider services = Services(options => options.Parallelism = 0);

        var failure = Assert.Throws<OptionsValidationException>(services.GetRequiredService<Segmenter>);

        Assert.Contains(
            "SegmenterOptions.Parallelism: 0 is not a number of pictures", failure.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(Action<SegmenterOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddFrozenSeg(configure);
        return services.BuildServiceProvider();
    }
}
