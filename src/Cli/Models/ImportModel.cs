using System.CommandLine;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Families.Sam3.Checkpoints;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Pipeline.Models;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Models;

/// <summary><c>frozenseg models import FILE</c>.</summary>
internal sealed class ImportModel
{
    private const int MostListed = 10;

    private readonly Argument<string[]> _files = new("file")
    {
        Description =
            "A .safetensors file or a PyTorch checkpoint; or the two .onnx files of a MobileSAM, encoder and decoder",
        Arity = new ArgumentArity(1, 2),
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "Keep a copy in the models folder under this name",
    };

    private readonly Option<string?> _clip = new("--clip")
    {
        Description = "CLIP of a FrozenSeg or FC-CLIP decoder, where that file has none",
    };
    private readonly Option<string?> _sam = new("--sam")
    {
        Description = "SAM of a FrozenSeg decoder, where that file has none",
    };

    public static Command Create()
    {
        var self = new ImportModel();
        var command = new Command("import", "Compare a weight file with the network it holds, and keep it under a name")
        {
            self._files, self._name, self._clip, self._sam,
        };
        command.SetAction(self.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string[] files = parsed.GetRequiredValue(_files);
        string? name = parsed.GetValue(_name);
        if (name is not null)
            CheckName(name);
        if (files.Length == 2)
            return ImportExport(files, name);
        string path = files[0];
        OnnxImport.ThrowIfExport(path);
        CheckpointReport report = CheckpointInspector.Inspect(path, parsed.GetValue(_clip), parsed.GetValue(_sam));
        Show(path, report);
        if (!report.IsComplete)
            return 1;
        if (report.Role is ModelRole.Sam3)
            CheckSam3(name, report.Network);
        if (name is not null)
            Announce(name, ModelStore.Default.Import(path, name), report.Role);
        return 0;
    }

    private static int ImportExport(string[] files, string? name)
    {
        if (name is null)
        {
            throw SegmentationProblem.InvalidRequest(
                "models import", "two ONNX files are made into one of weights, which needs a name", "Give --name NAME");
        }

        string path = Path.Combine(ModelStore.Default.Folder, name, name + ".safetensors");
        OnnxImport.Write(files[0], files[1], path, name);
        ModelStore.Record(path, ModelStore.Hash(path));
        CheckpointReport report = CheckpointInspector.Inspect(path);
        Show(path, report);
        Announce(name, path, report.Role);
        return 0;
    }

    // Where the copy is, whether it is the published file, and what can be done with it now.
    private static void Announce(string name, string copy, ModelRole role)
    {
        Console.WriteLine($"{name}  {copy}");
        string? hash = ModelStore.Recorded(copy);
        if (ModelCatalogue.TryFind(name)?.FileFor(role) is { Sha256: string published, Export: null }
            && published != hash)
            Console.WriteLine($"sha256 {hash}: another file than the published {published}");
        Console.WriteLine($"next   frozenseg models use {name}");
    }

    // SAM 3 and 3.1 are taken for each other easily; and whoever brings the weights is told once what their licence
    // asks.
    private static void CheckSam3(string? name, string network)
    {
        if (name is not null
            && Sam3Models.Names.TryGetValue(name, out Sam3Release named)
            && Sam3Models.TitleOf(named) != network)
        {
            string other = Sam3Models.Names.First(known => Sam3Models.TitleOf(known.Value) == network).Key;
            throw SegmentationProblem.InvalidModel(
                "--name", $"the file is a {network}, and '{name}' is another model", $"Use --name {other}");
        }

        if (!Sam3Licence.IsAccepted)
        {
            Console.WriteLine(Sam3Licence.Notice);
            Console.WriteLine($"accept it once, before the first use: frozenseg models accept sam3, or "
                + $"{Sam3Licence.Variable}=accepted");
        }
    }

    private static void CheckName(string name)
    {
        bool isTaken = ModelCatalogue.TryFind(name) is { IsBundled: true };
        if (!ModelStore.IsName(name) || isTaken)
        {
            throw SegmentationProblem.InvalidRequest(
                "--name",
                isTaken ? $"'{name}' comes with the program" : $"'{name}' is not a name",
                "Use letters, digits, hyphens, underscores and dots");
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
