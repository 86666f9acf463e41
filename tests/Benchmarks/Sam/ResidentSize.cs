using System.Diagnostics;
using System.Globalization;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>
/// Does a process that segments one picture after another stay the same size? MobileSAM's network, pictures of changing
/// sizes, a coarse grid of points so that two hundred take minutes and not hours.
/// </summary>
internal static class ResidentSize
{
    private const int Steps = 10;

    /// <summary>Prints a line for every tenth of the pictures.</summary>
    public static void Print(int pictures)
    {
        using SamModel model = SyntheticSam.Load("vit_t", threads: 1);
        var generator = new AutomaticMaskGenerator(
            model,
            new AutomaticMaskOptions { PointsPerSide = 4, PredictedIoUThreshold = 0, StabilityScoreThreshold = 0 });
        Console.WriteLine("| pictures | resident MB | seconds a picture | tensors alive |");
        Console.WriteLine("|---|---|---|---|");
        long start = Stopwatch.GetTimestamp();
        for (int picture = 1; picture <= pictures; picture++)
        {
            generator.Generate(TestPicture.Make(300 + (37 * (picture % 7)), 400 + (53 * (picture % 5))));
            if (picture % Math.Max(1, pictures / Steps) != 0)
                continue;
            using Process process = Process.GetCurrentProcess();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / Math.Max(1, pictures / Steps);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {picture} | {process.WorkingSet64 / 1e6:F0} | {seconds:F2} | {TensorMemory.Alive} |"));
            start = Stopwatch.GetTimestamp();
        }
    }
}
