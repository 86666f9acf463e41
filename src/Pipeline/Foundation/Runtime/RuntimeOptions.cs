using System.ComponentModel.DataAnnotations;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>How networks are run; one set for a process.</summary>
public sealed record RuntimeOptions
{
    /// <summary>Execution provider. Default: Auto.</summary>
    public ExecutionProviderChoice Provider { get; init; } = ExecutionProviderChoice.Auto;

    /// <summary>Arithmetic. Default: Float32.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Threads of one run on the CPU; 0 takes every core.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }

    /// <summary>
    /// Pictures that a command works on at once where it has several; 0 takes two on a CPU with several cores, which
    /// leave none of them idle, and one elsewhere. <see cref="Segmenter"/> has its own number.
    /// </summary>
    [Range(0, 64)]
    public int PicturesAtOnce { get; init; }

    /// <summary>
    /// Pictures that are to be done, as far as is known; 1 where somebody waits for each. One alone is done soonest
    /// with every core, many together with a share each. Default: 1.
    /// </summary>
    internal int PicturesWaiting { get; init; } = 1;

    /// <summary>GPU to use, counted from 0.</summary>
    [Range(0, 63)]
    public int DeviceId { get; init; }

    /// <summary>Most device memory the arena may take, MiB; 0 for no limit.</summary>
    [Range(0, int.MaxValue)]
    public int DeviceMemoryLimitMegabytes { get; init; }

    /// <summary>
    /// Whether memory of a finished run is kept for the next. Faster; off, a process gives memory back. Default: true.
    /// </summary>
    public bool UseMemoryArena { get; init; } = true;

    /// <summary>Folder for profiler traces, one JSON file a session, made if need be; null writes none.</summary>
    public string? ProfileFolder { get; init; }

    /// <summary>Everything that makes these options unusable.</summary>
    public IEnumerable<SegmentationProblem> Problems()
    {
        (string Option, bool IsWrong, string Found, string Remedy)[] rules =
        [
            ("--threads", Threads is < 0 or > 1024, $"{Threads} is not a number of threads", "Use 0 to 1024"),
            (
                "--pictures",
                PicturesAtOnce is < 0 or > 64,
                $"{PicturesAtOnce} is not a number of pictures",
                "Use 0 to 64"),
            ("--device", DeviceId is < 0 or > 63, $"{DeviceId} is not the number of a GPU", "Use 0 to 63"),
            (
                "--device-memory",
                DeviceMemoryLimitMegabytes < 0,
                $"{DeviceMemoryLimitMegabytes} is not a valid amount of memory",
                "Use 0 or more"),
        ];
        return rules.Where(rule => rule.IsWrong).Select(
            rule => new SegmentationProblem(rule.Option, rule.Found, rule.Remedy));
    }
}
