using System.CommandLine;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Models;

/// <summary><c>frozenseg models verify [NAME]</c>.</summary>
internal sealed class VerifyModels
{
    private readonly Argument<string?> _name =
        new("name") { Description = "One model; otherwise all of this machine", DefaultValueFactory = _ => null };

    public static Command Create()
    {
        var self = new VerifyModels();
        var command = new Command(
            "verify", "Compare models with their published hashes, or with what they were when they came")
        {
            self._name,
        };
        command.SetAction(self.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        ModelStore store = ModelStore.Default;
        (string Name, string Path, string? Hash)[] files = [.. Files(store, parsed.GetValue(_name))];
        if (files.Length == 0)
        {
            throw SegmentationProblem.InvalidModel(
                "models verify", "there is nothing to compare on this machine", "Pull or import a model first");
        }

        bool[] results = [.. files.Select(file => Verify(file.Name, file.Path, file.Hash))];
        return results.All(isGood => isGood) ? 0 : 1;
    }

    private static IEnumerable<(string Name, string Path, string? Hash)> Files(ModelStore store, string? name)
    {
        foreach (ModelDescriptor model in ModelCatalogue.All.Where(
            model => name is null || model == ModelCatalogue.TryFind(name)))
        {
            foreach (ModelFileDescriptor file in model.Files)
            {
                if (store.Find(model, file) is string path)
                    yield return (
                        model.Name,
                        path,
                        Path.GetFileName(path) == file.FileName && file.Export is null ? file.Sha256 : null);
            }
        }

        foreach (string imported in store.ListPresent().Where(
            present => ModelCatalogue.TryFind(present) is null && (name is null || present == name)))
        {
            yield return (imported, store.FindImported(imported)!, null);
        }
    }

    private static bool Verify(string name, string path, string? published)
    {
        string? recorded = ModelStore.Recorded(path), expected = published ?? recorded;
        string hash = ModelStore.Hash(path);
        string verdict = expected is null ? "nothing to compare with"
            : expected != hash && hash == recorded ? $"as it came, another file than the published {expected}"
            : expected != hash ? $"DAMAGED, not {expected}"
            : published is null ? "as it came" : "as published";
        Console.WriteLine($"{name,-22}{Path.GetFileName(path),-28}{hash}  {verdict}");
        return expected is null || expected == hash || recorded == hash;
    }
}
