using FrozenSeg.Pipeline.Foundation.Runtime;

namespace FrozenSeg.Golden;

/// <summary>The runner's command line.</summary>
internal sealed record GoldenArguments(
    string Folder, ExecutionProviderChoice Provider, Precision Precision, string Only, bool Verbose)
{
    public static GoldenArguments Parse(string[] args)
    {
        string folder = Path.Combine("..", "shared", "golden"), provider = "cpu", precision = "float32", only = "";
        bool verbose = false;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--provider":
                    provider = args[++i];
                    break;
                case "--precision":
                    precision = args[++i];
                    break;
                case "--only":
                    only = args[++i];
                    break;
                case "--verbose":
                    verbose = true;
                    break;
                default:
                    folder = args[i];
                    break;
            }
        }

        return new GoldenArguments(
            Path.GetFullPath(folder),
            Enum.Parse<ExecutionProviderChoice>(provider, ignoreCase: true),
            Enum.Parse<Precision>(precision, ignoreCase: true),
            only,
            verbose);
    }
}
