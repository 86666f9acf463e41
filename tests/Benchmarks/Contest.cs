using System.Diagnostics;
using System.Globalization;

namespace FrozenSeg.Benchmarks;

/// <summary>Lets ours and the reference run in turn.</summary>
/// <param name="python">Interpreter for the reference scripts.</param>
/// <param name="official">Folder with checkouts of the official repositories.</param>
/// <param name="threads">Threads for both sides.</param>
/// <param name="rounds">Timed rounds of each process.</param>
/// <param name="turns">How often each side has its turn.</param>
internal sealed class Contest(string python, string official, int threads, int rounds, int turns)
{
    /// <summary>As the command line wants it.</summary>
    public static Contest Of(BenchmarkArguments arguments) =>
        new(arguments.Python, arguments.Official, arguments.Threads, arguments.Rounds, arguments.Turns);

    /// <summary>Both sides' measurements, turn by turn.</summary>
    public (Measurement Ours, Measurement Reference) Run(IQuestion question)
    {
        var ours = new List<Measurement>();
        var reference = new List<Measurement>();
        for (int turn = 0; turn < turns; turn++)
        {
            ours.Add(MeasureOurs(question.Name));
            reference.Add(MeasureReference(question.Reference));
        }

        return (Join(ours), Join(reference));
    }

    /// <summary>One of our questions, once.</summary>
    public Measurement MeasureOurs(string name) => MeasureOwn("measure", name);

    /// <summary>A command of this program that measures, once.</summary>
    public Measurement MeasureOwn(params string[] command) => Start(
        Environment.ProcessPath!, [.. OwnLibrary, .. command, Text(rounds), Text(threads)]);

    /// <summary>A reference, once.</summary>
    public Measurement MeasureReference(IReadOnlyList<string> reference)
    {
        const string OwnPrefix = "self:";
        if (reference[0].StartsWith(OwnPrefix, StringComparison.Ordinal))
            return MeasureOurs(reference[0][OwnPrefix.Length..]);
        string script = Path.Combine(AppContext.BaseDirectory, "reference", reference[0]);
        return Start(python, [script, official, Text(rounds), Text(threads), .. reference.Skip(1)]);
    }

    /// <summary>Several measurements of the same as one.</summary>
    public static Measurement Join(IReadOnlyList<Measurement> measurements) => new(
        [.. measurements.SelectMany(measurement => measurement.Seconds)],
        [.. measurements.SelectMany(measurement => measurement.CpuSeconds)],
        measurements.Max(measurement => measurement.PeakMegabytes));

    // dotnet FrozenSeg.Benchmarks.dll, or the program itself.
    private static IEnumerable<string> OwnLibrary =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
            ? [typeof(Contest).Assembly.Location]
            : [];

    private Measurement Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        // BLAS libraries look here and at nothing else.
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = Text(threads);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Measurement.Parse(output)
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}.");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
