using System.Globalization;

namespace FrozenSeg.Benchmarks.Scale;

/// <summary>The answers as a table.</summary>
internal static class ScaleReport
{
    private const int Seed = 1;

    /// <summary>Simulates every plan and prints its row.</summary>
    /// <param name="times">What a picture asks for.</param>
    public static void Print(StageTimes times)
    {
        Console.WriteLine("| pictures a day | p50, s | p95, s | p99, s | not done | longest queue: hub, CPU, GPU | "
            + "CPU, GPU replicas at most | nearest limit | $ a thousand | $ a day |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (ScalePlan plan in ScalePlan.All)
            Console.WriteLine(Row(HubSimulation.Run(plan with { Times = times }, Seed)));
    }

    /// <summary>
    /// Simulates what a test can measure: pictures that are all there at once, on one to four workers.
    /// </summary>
    /// <param name="times">What a picture asks for.</param>
    /// <param name="pictures">How many.</param>
    public static void PrintAtOnce(StageTimes times, int pictures)
    {
        ScalePlan plan = new("at once", pictures, 1, 1e9, 1, 1) { Times = times };
        foreach (int workers in (int[])[1, 2, 4])
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{workers} workers: {HubSimulation.RunAtOnce(plan, pictures, workers, Seed):F1} s"));
    }

    private static string Row(ScaleResult result)
    {
        double left = 1 - ((double)result.Latencies.Count / Math.Max(1, result.Pictures));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {result.Plan.Name} | {Latency(result, 0.5)} | {Latency(result, 0.95)} | {Latency(result, 0.99)} | "
                + $"{left:P0} | "
            + $"{result.Hub.LongestQueue:N0}, {result.Cpu.LongestQueue:N0}, {result.Gpu.LongestQueue:N0} | "
            + $"{result.Cpu.MostReplicas}, {result.Gpu.MostReplicas}{(result.Plan.Hubs > 1 ? " each" : "")} | "
            + $"{result.Nearest.Name} {result.Nearest.Load:P0} | {result.CostOfAThousand:F2} | "
            + $"{result.CostOfAThousand * result.Plan.PicturesADay / 1000:N0} |");
    }

    private static string Latency(ScaleResult result, double share) =>
        result.Latencies.Count == 0 ? "–" : result.Percentile(share).ToString("F0", CultureInfo.InvariantCulture);
}
