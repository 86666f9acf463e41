using System.CommandLine;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Pipeline.Models;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Models;

/// <summary><c>frozenseg models import FILE</c>.</summary>
internal sealed class ImportModel
{
    private const int MostListed = 10;

    private readonly Argument<string> _file = new("file") { Description = "A .safetensors file or a PyTorch checkpoint" };
    private readonly Option<string?> _name = new("--name") { Description = "Keep a copy in the models folder under this name" };

    private readonly Option<string?> _clip = new("--clip") { Description = "CLIP of a FrozenSeg or FC-CLIP decoder, where that file has none" };
    private readonly Option<string?> _sam = new("--sam") { Description = "SAM of a FrozenSeg decoder, where that file has none" };

    public static Command Create()
    {
        var self = new ImportModel();
        var command = new Command("import", "Compare a weight file with the network it holds, and keep it under a name")
        {
            self._file, self._name, self._clip, self._sam,
        };
        command.SetAction(self.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(_file);
        string? name = parsed.GetValue(_name);
        if (name is not null)
            CheckName(name);
        CheckpointReport report = CheckpointInspector.Inspect(path, parsed.GetValue(_clip), parsed.GetValue(_sam));
        Show(path, report);
        if (!report.IsComplete)
            return 1;
        if (name is not null)
            Console.WriteLine($"{name}  {ModelStore.Default.Import(path, name)}");
        return 0;
    }

    private static void CheckName(string name)
    {
        bool isTaken = ModelCatalogue.TryFind(name) is { IsBundled: true };
        if (!ModelStore.IsName(name) || isTaken)
        {
            throw new SegmentationProblem(
                ProblemKind.InvalidRequest,
                "--name",
                isTaken ? $"'{name}' comes with the program" : "it is no name",
                "Use letters, digits, hyphens, underscores and dots").ToException();
        }
    }

    private static void Show(string path, CheckpointReport report)
    {
        Console.WriteLine($"{Path.GetFileName(path)}: {report.Network} ({report.Role}), {report.Tensors} tensors");
        List("missing", report.Missing);
        List("of another shape", report.Misshapen);
        List("left over", report.LeftOver);
        Console.WriteLine(report.IsComplete ? "complete" : "not usable");
    }

    private static void List(string title, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return;
        Console.WriteLine($"{names.Count} {title}:");
        foreach (string name in names.Take(MostListed))
            Console.WriteLine($"  {name}");
        if (names.Count > MostListed)
            Console.WriteLine($"  … {names.Count - MostListed} more");
    }
}
