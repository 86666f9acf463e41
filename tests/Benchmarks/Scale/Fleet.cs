namespace FrozenSeg.Benchmarks.Scale;

/// <summary>
/// The replicas of one app. Every half minute their number is set to what runs and waits asks for; new ones take their
/// time to start, and ones that are not asked for are kept for five minutes.
/// </summary>
/// <param name="slots">Activities that one replica works on at once.</param>
/// <param name="start">Seconds until a new replica works.</param>
/// <param name="fewest">Replicas that always run.</param>
/// <param name="most">Most replicas.</param>
internal sealed class Fleet(int slots, double start, int fewest, int most)
{
    private readonly Queue<int> _waiting = [];
    private readonly Queue<int> _wanted = [];
    private int _running, _starting, _busy;
    private double _since;

    /// <summary>Seconds of replicas that were paid for; those of a start are among them.</summary>
    public double ReplicaSeconds { get; private set; }

    /// <summary>Seconds of slots that were at work.</summary>
    public double BusySeconds { get; private set; }

    /// <summary>Most activities that ever waited.</summary>
    public int LongestQueue { get; private set; }

    /// <summary>Most replicas there ever were.</summary>
    public int MostReplicas { get; private set; }

    /// <summary>Seconds until a new replica works.</summary>
    public double Start => start;

    /// <summary>Share of all the slots there may be that was at work.</summary>
    public double Load(double seconds) => BusySeconds / (seconds * slots * most);

    /// <summary>Has replicas run before the first picture comes, as if they had been asked for until then.</summary>
    public void Warm(int replicas)
    {
        _running = MostReplicas = Math.Clamp(replicas, fewest, most);
        _wanted.Enqueue(_running);
    }

    /// <summary>Puts an activity of a picture into the queue.</summary>
    public void Enqueue(int picture)
    {
        _waiting.Enqueue(picture);
        LongestQueue = Math.Max(LongestQueue, _waiting.Count);
    }

    /// <summary>Takes the next activity that there is a slot for.</summary>
    public bool TryBegin(double now, out int picture)
    {
        if (_busy >= _running * slots || !_waiting.TryDequeue(out picture))
        {
            picture = -1;
            return false;
        }

        Account(now);
        _busy++;
        return true;
    }

    /// <summary>An activity has ended.</summary>
    public void End(double now)
    {
        Account(now);
        _busy--;
    }

    /// <summary>Sets the number of replicas to what is asked for.</summary>
    /// <returns>How many begin to start.</returns>
    public int Scale(double now)
    {
        Account(now);
        _wanted.Enqueue(Math.Clamp((_waiting.Count + _busy + slots - 1) / slots, fewest, most));
        while (_wanted.Count > 1 + (PlatformLimits.CoolDown / PlatformLimits.PollingInterval))
            _wanted.Dequeue();
        int there = _running + _starting;
        if (_wanted.Max() < there)
            _running = Math.Max(_wanted.Max() - _starting, (_busy + slots - 1) / slots);
        int added = Math.Clamp(_wanted.Last() - there, 0, Math.Max(PlatformLimits.FirstStep, there));
        _starting += added;
        MostReplicas = Math.Max(MostReplicas, _running + _starting);
        return added;
    }

    /// <summary>Replicas that were starting are up.</summary>
    public void Up(double now, int replicas)
    {
        Account(now);
        _starting -= replicas;
        _running += replicas;
    }

    private void Account(double now)
    {
        ReplicaSeconds += (_running + _starting) * (now - _since);
        BusySeconds += _busy * (now - _since);
        _since = now;
    }
}
