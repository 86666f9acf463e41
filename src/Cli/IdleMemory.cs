using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Serving.Http.Uploads;

namespace FrozenSeg.Cli;

/// <summary>
/// Gives memory back when a service has nothing to do. What large bodies and pictures leave behind would otherwise
/// stay: nobody collects it while nothing is allocated.
/// </summary>
internal sealed class IdleMemory : IDisposable
{
    // Any picture allocates that much; what its network took beside is not counted here.
    private const long Worthwhile = 4L << 20;

    // What has just ended may hold its picture at the first look, and pools let go of an array after half a minute.
    private const int Looks = 6;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly LocalService _service;
    private readonly ByteBudget _inFlight;
    private readonly Timer _timer;
    private long _allocated;
    private int _looksLeft;

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
        if (_service.Runner.Unfinished > 0 || _inFlight.Spent > 0)
            return;
        if (GC.GetTotalAllocatedBytes() - _allocated >= Worthwhile)
            _looksLeft = Looks;
        if (_looksLeft == 0)
            return;
        _looksLeft--;
        _service.ReleaseMemory();
        _allocated = GC.GetTotalAllocatedBytes();
    }
}
