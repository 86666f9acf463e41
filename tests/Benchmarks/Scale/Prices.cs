namespace FrozenSeg.Benchmarks.Scale;

/// <summary>US dollars, by the rates of docs/deploy.md.</summary>
internal static class Prices
{
    /// <summary>A second of a replica on a T4: 8 cores, 56 GiB and the GPU, 1.62 an hour.</summary>
    public const double GpuSecond = 1.62 / 3600;

    /// <summary>A second of a replica of the CPU app: 2 cores, 4 GiB, 0.22 an hour.</summary>
    public const double CpuSecond = 0.22 / 3600;

    /// <summary>What each picture costs besides, wherever it is worked on: scheduler, storage, events, logs.</summary>
    public const double Picture = (0.05 + 0.13 + 0.001 + 0.13) / 1000;
}
