namespace FrozenSeg.Benchmarks.Scale;

/// <summary>
/// One hub, event by event. Each activity of a picture is handed out by the hub, waits for a replica, asks storage,
/// works, and is handed back to the hub; so does the next one.
/// </summary>
internal sealed class HubSimulation
{
    private const double CpuStart = 20, GpuStart = 90;
    private const int CpuCores = 2;

    private readonly ScalePlan _plan;
    private readonly Random _random;
    private readonly List<double> _arrivals;
    private readonly int[] _steps;
    private readonly PriorityQueue<(Happening What, int Subject, bool OnGpu), double> _future = new();
    private readonly RateLimit _hub;
    private readonly RateLimit _storage = new(PlatformLimits.AccountRequests);
    private readonly Fleet _cpu, _gpu;
    private readonly List<double> _latencies = [];

    private HubSimulation(ScalePlan plan, int seed, IReadOnlyList<double>? arrivals)
    {
        _plan = plan;
        _random = new Random(seed);
        _arrivals = [.. arrivals ?? new Arrivals(plan, _random).Draw()];
        _steps = new int[_arrivals.Count];
        _hub = new RateLimit(plan.Actions);
        _cpu = new Fleet(CpuCores, CpuStart, 0, plan.MostCpus);
        _gpu = new Fleet(1, GpuStart, plan.FewestGpus, plan.MostGpus);
    }

    private enum Happening
    {
        Arrives,
        IsHandedOut,
        IsDone,
        ReplicasAreUp,
        Scales,
    }

    /// <summary>Simulates the plan's window.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="seed">Another seed is another day.</param>
    public static ScaleResult Run(ScalePlan plan, int seed) =>
        new HubSimulation(plan, seed, null).Run(plan.Window, !plan.IsWholeDay);

    /// <summary>
    /// Simulates pictures that are all there at the start, on replicas that all run: what a test can measure.
    /// </summary>
    /// <returns>When the last has ended, seconds.</returns>
    public static double RunAtOnce(ScalePlan plan, int pictures, int replicas, int seed)
    {
        var simulation = new HubSimulation(
            plan with { MostGpus = replicas, FewestGpus = replicas, MostCpus = replicas }, seed, new double[pictures]);
        return simulation.Run(double.PositiveInfinity, isWarm: false, replicas).Latencies[^1];
    }

    private ScaleResult Run(double until, bool isWarm, int fewestCpus = 0)
    {
        double busiest = isWarm ? _plan.Rate * _plan.Peak : 0;
        _cpu.Warm(Math.Max(fewestCpus, (int)Math.Ceiling(busiest * _plan.Times.Rest / CpuCores)));
        _gpu.Warm((int)Math.Ceiling(busiest * _plan.Times.Network));

        for (int i = 0; i < _arrivals.Count; i++)
            _future.Enqueue((Happening.Arrives, i, false), _arrivals[i]);
        _future.Enqueue((Happening.Scales, 0, false), 0);
        double now = 0;
        while (_latencies.Count < _arrivals.Count
            && _future.TryDequeue(out (Happening What, int Subject, bool OnGpu) next, out now)
            && now <= until)
            Happen(next.What, next.Subject, next.OnGpu, now);
        _latencies.Sort();
        return new ScaleResult(_plan, Math.Min(now, until), _arrivals.Count, _latencies, _hub, _storage, _cpu, _gpu);
    }

    private void Happen(Happening what, int subject, bool onGpu, double now)
    {
        switch (what)
        {
            case Happening.Arrives:
                HandOut(subject, _hub.Done(now, 1));
                break;
            case Happening.IsHandedOut:
                FleetOf(onGpu).Enqueue(subject);
                Begin(onGpu, now);
                break;
            case Happening.IsDone:
                FleetOf(onGpu).End(now);
                HandBack(subject, _hub.Done(now, 1));
                Begin(onGpu, now);
                break;
            case Happening.ReplicasAreUp:
                FleetOf(onGpu).Up(now, subject);
                Begin(onGpu, now);
                break;
            case Happening.Scales:
                Scale(false, now);
                Scale(true, now);
                _future.Enqueue((Happening.Scales, 0, false), now + PlatformLimits.PollingInterval);
                break;
        }
    }

    private Fleet FleetOf(bool onGpu) => onGpu ? _gpu : _cpu;

    private void HandOut(int picture, double now) => _future.Enqueue(
        (Happening.IsHandedOut, picture, StageTimes.Path[_steps[picture]]), _hub.Done(now, 1));

    private void HandBack(int picture, double now)
    {
        if (++_steps[picture] < StageTimes.Path.Count)
            HandOut(picture, now);
        else
            _latencies.Add(now - _arrivals[picture]);
    }

    private void Begin(bool onGpu, double now)
    {
        while (FleetOf(onGpu).TryBegin(now, out int picture))
        {
            int requests = StageTimes.Requests / StageTimes.Path.Count;
            double stored = _storage.Done(now, requests) + (requests * _plan.Times.Request);
            double mean = onGpu ? _plan.Times.Network : _plan.Times.RestOfOne;
            _future.Enqueue((Happening.IsDone, picture, onGpu), stored + Draw(mean));
        }
    }

    private void Scale(bool onGpu, double now)
    {
        if (FleetOf(onGpu).Scale(now) is int added and > 0)
            _future.Enqueue((Happening.ReplicasAreUp, added, onGpu), now + FleetOf(onGpu).Start);
    }

    // A gamma distribution whose shape is the nearest whole number: the sum of exponential times.
    private double Draw(double mean)
    {
        if (_plan.Times.Spread == 0)
            return mean;
        int shape = Math.Max(1, (int)Math.Round(1 / (_plan.Times.Spread * _plan.Times.Spread)));
        double product = 1;
        for (int i = 0; i < shape; i++)
            product *= 1 - _random.NextDouble();
        return -Math.Log(product) * mean / shape;
    }
}
