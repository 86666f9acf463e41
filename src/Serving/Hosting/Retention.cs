using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FrozenSeg.Serving;

/// <summary>Removes, every day, what is older than the application keeps.</summary>
internal sealed class Retention(HostedSegmentation hosted, IOptions<ServingOptions> options, TimeProvider time)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.KeepFor is not { } age)
            return;
        using var day = new PeriodicTimer(TimeSpan.FromDays(1), time);
        do
            await hosted.Service.ForgetOlderThanAsync(age);
        while (await day.WaitForNextTickAsync(stoppingToken));
    }
}
