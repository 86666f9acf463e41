using System.Globalization;
using FrozenSeg.Pipeline.Foundation.Runtime;

namespace FrozenSeg.Benchmarks.Stages;

/// <summary>The options of <c>stages</c>.</summary>
/// <param name="Names">Which stages; none means all.</param>
/// <param name="Runtime">Where and how to run.</param>
/// <param name="Rounds">Timed rounds after the warm-up.</param>
internal sealed record StageArguments(IReadOnlyList<string> Names, RuntimeOptions Runtime, int Rounds)
{
    public static StageArguments Parse(string[] args)
    {
        var names = new List<string>();
        var runtime = new RuntimeOptions();
        int rounds = 5;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--provider":
                    runtime = runtime with
                    {
                        Provider = Enum.Parse<ExecutionProviderChoice>(args[++i], ignoreCase: true),
                    };
                    break;
                case "--precision":
                    runtime = runtime with { Precision = Enum.Parse<Precision>(args[++i], ignoreCase: true) };
                    break;
                case "--threads":
                    runtime = runtime with { Threads = int.Parse(args[++i], CultureInfo.InvariantCulture) };
                    break;
                case "--profile":
                    runtime = runtime with { ProfileFolder = args[++i] };
                    break;
                case "--rounds":
                    rounds = int.Parse(args[++i], CultureInfo.InvariantCulture);
                    break;
                default:
                    names.Add(args[i]);
                    break;
            }
        }

        return new StageArguments(names, runtime, rounds);
    }
}
