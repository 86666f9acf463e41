namespace FrozenSeg.Benchmarks.Scale;

/// <summary>What became of a plan.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Seconds">How long was looked at.</param>
/// <param name="Pictures">Pictures that came to one hub.</param>
/// <param name="Latencies">Seconds from the arrival to the end of those that ended, in order.</param>
/// <param name="Hub">The hub.</param>
/// <param name="Storage">The storage account.</param>
/// <param name="Cpu">The CPU app.</param>
/// <param name="Gpu">The GPU app.</param>
internal sealed record ScaleResult(
    ScalePlan Plan,
    double Seconds,
    int Pictures,
    IReadOnlyList<double> Latencies,
    RateLimit Hub,
    RateLimit Storage,
    Fleet Cpu,
    Fleet Gpu)
{
    /// <summary>The latency that a share of the pictures kept below.</summary>
    public double Percentile(double share) =>
        Latencies.Count == 0 ? double.NaN : Latencies[Math.Min(Latencies.Count - 1, (int)(share * Latencies.Count))];

    /// <summary>The limit that is nearest, and how near.</summary>
    public (string Name, double Load) Nearest => new[]
    {
        ("GPUs", Gpu.Load(Seconds)), ("CPU replicas", Cpu.Load(Seconds)), ("hub", Hub.Load(Seconds)), (
            "storage", Storage.Load(Seconds)),
    }.MaxBy(limit => limit.Item2);

    /// <summary>Cost of a thousand pictures, US dollars.</summary>
    public double CostOfAThousand =>
        1000 * (Prices.Picture + (
            ((Gpu.ReplicaSeconds * Prices.GpuSecond) + (Cpu.ReplicaSeconds * Prices.CpuSecond)) / Math.Max(
            1, Latencies.Count)));
}
