using System.Globalization;

namespace FrozenSeg.Benchmarks;

/// <summary>The options of <c>run</c>.</summary>
internal sealed record BenchmarkArguments(
    IReadOnlyList<string> Names,
    string Official,
    string Python,
    int Threads,
    int Rounds,
    int Turns,
    string? Out,
    string Commit,
    string Export)
{
    public static BenchmarkArguments Parse(string[] args)
    {
        var names = new List<string>();
        var options = new Dictionary<string, string>();
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith("--", StringComparison.Ordinal))
                options[args[i]] = args[++i];
            else
                names.Add(args[i]);
        }

        return new BenchmarkArguments(
            names,
            Path.GetFullPath(options.GetValueOrDefault("--official", "official")),
            options.GetValueOrDefault("--python", "python3"),
            Number("--threads", 2),
            Number("--rounds", 3),
            Number("--turns", 2),
            options.GetValueOrDefault("--out"),
            options.GetValueOrDefault("--commit", "unknown"),
            Path.GetFullPath(options.GetValueOrDefault("--export", "export")));

        int Number(string option, int otherwise) =>
            options.TryGetValue(option, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }
}
