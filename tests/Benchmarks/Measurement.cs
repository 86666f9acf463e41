using System.Text.Json;

namespace FrozenSeg.Benchmarks;

/// <summary>What one process measured: seconds of each timed round, and its peak memory.</summary>
/// <param name="Seconds">Wall time of each round after a warm-up.</param>
/// <param name="PeakMegabytes">Largest resident size, 10⁶ bytes.</param>
internal sealed record Measurement(double[] Seconds, double PeakMegabytes)
{
    /// <summary>The middle round.</summary>
    public double Median => Seconds.Order().ElementAt(Seconds.Length / 2);

    /// <summary>Both programs print one line of JSON as their last.</summary>
    public static Measurement Parse(string output)
    {
        string last = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        using JsonDocument json = JsonDocument.Parse(last);
        return new Measurement(
            json.RootElement.GetProperty("seconds").Deserialize<double[]>()!,
            json.RootElement.GetProperty("peak_megabytes").GetDouble());
    }

    /// <summary>The line to print.</summary>
    public string ToJson() => JsonSerializer.Serialize(new { seconds = Seconds, peak_megabytes = PeakMegabytes });
}
