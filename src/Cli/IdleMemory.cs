using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Serving.Http.Uploads;

namespace FrozenSeg.Cli;

/// <summary>
/// Gives memory back when a service has nothing to do. What large bodies and pictures leave behind would otherwise stay: nobody
/// collects it while nothing is allocated.
/// </summary>
internal sealed class IdleMemory : IDisposable
{
    private const long Worthwhile = 64L << 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly LocalService _service;
    private readonly ByteBudget _inFlight;
    private readonly Timer _timer;
    private long _allocated;

    /// <param name="service">The service.</param>
    /// <param name="inFlight">What callers are sending.</param>
    public IdleMemory(LocalService service, ByteBudget inFlight)
    {
        _service = service;
        _inFlight = inFlight;
        _timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        long allocated = GC.GetTotalAllocatedBytes();
        if (_service.Runner.Unfinished > 0 || _inFlight.Spent > 0 || allocated - _allocated < Worthwhile)
            return;
        _allocated = allocated;
        LocalService.ReleaseMemory();
    }
}
