using System.Text.Json;

namespace FrozenSeg.Benchmarks;

/// <summary>What one process measured: the time of each round, and its peak memory.</summary>
/// <param name="Seconds">Wall time of each round after a warm-up.</param>
/// <param name="CpuSeconds">Processor time of each round, all threads together; steadier on a machine with other
/// work.</param>
/// <param name="PeakMegabytes">Largest resident size, 10⁶ bytes.</param>
internal sealed record Measurement(double[] Seconds, double[] CpuSeconds, double PeakMegabytes)
{
    /// <summary>The middle round.</summary>
    public double Median => Middle(Seconds);

    /// <summary>The middle round's processor time.</summary>
    public double CpuMedian => Middle(CpuSeconds);

    /// <summary>Both programs print one line of JSON as their last.</summary>
    public static Measurement Parse(string output)
    {
        string last = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        using JsonDocument json = JsonDocument.Parse(last);
        return new Measurement(
            json.RootElement.GetProperty("seconds").Deserialize<double[]>()!,
            json.RootElement.GetProperty("cpu_seconds").Deserialize<double[]>()!,
            json.RootElement.GetProperty("peak_megabytes").GetDouble());
    }

    /// <summary>The line to print.</summary>
    public string ToJson() =>
        JsonSerializer.Serialize(new { seconds = Seconds, cpu_seconds = CpuSeconds, peak_megabytes = PeakMegabytes });

    private static double Middle(double[] values) => values.Order().ElementAt(values.Length / 2);
}
