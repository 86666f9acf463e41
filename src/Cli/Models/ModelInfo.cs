using System.CommandLine;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Pipeline.Models;

namespace FrozenSeg.Cli.Models;

/// <summary><c>frozenseg models info NAME</c>.</summary>
internal sealed class ModelInfo
{
    private readonly Argument<string> _name = new("name") { Description = "A name that models list shows" };

    public static Command Create()
    {
        var self = new ModelInfo();
        var command = new Command("info", "Show where a model comes from, its licence, its files and their hashes")
        {
            self._name,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(self._name), ModelStore.Default));
        return command;
    }

    private static int Run(string name, ModelStore store)
    {
        if (ModelCatalogue.TryFind(name) is null && store.FindImported(name) is string imported)
        {
            CheckpointReport report = CheckpointInspector.Inspect(imported);
            Console.WriteLine($"{name}: imported, {report.Network} ({report.Role})");
            Console.WriteLine($"  size   {new FileInfo(imported).Length:N0} bytes");
            Console.WriteLine($"  sha256 {ModelStore.Recorded(imported) ?? "not recorded"}");
            Console.WriteLine($"  here   {imported}");
            if (report.Role is ModelRole.Sam3)
                ShowLicence();
            return 0;
        }

        Show(ModelCatalogue.Find(name), store);
        return 0;
    }

    private static void Show(ModelDescriptor model, ModelStore store)
    {
        Console.WriteLine($"{model.Name}: {model.Title}");
        Console.WriteLine($"source   {model.Source}");
        Console.WriteLine($"licence  {model.Licence}");
        if (model.Note is not null)
            Console.WriteLine($"note     {model.Note}");
        foreach (ModelFileDescriptor file in model.Files)
        {
            Console.WriteLine($"file     {file.FileName} ({file.Role})");
            if (file.Url is not null)
                Console.WriteLine($"  from   {file.Url}");
            foreach (ModelFileDescriptor other in file.Alternatives)
                Console.WriteLine($"  else   {other.Url}");
            string unknown = file.Url is null ? "not published" : "as its server states";
            Console.WriteLine($"  size   {(file.Size is long size ? $"{size:N0} bytes" : unknown)}");
            Console.WriteLine(
                $"  sha256 {file.Sha256 ?? (file.Url is null ? "not published" : "as its server states, if it does")}");
            Console.WriteLine($"  here   {store.Find(model, file) ?? "no"}");
        }

        if (model.Files[0].Role is ModelRole.Sam3)
            ShowLicence();
    }

    private static void ShowLicence()
    {
        Console.WriteLine();
        Console.WriteLine(Sam3Licence.Notice);
        Console.WriteLine(Sam3Licence.IsAccepted ? "accepted on this machine" : "not accepted on this machine: "
            + "frozenseg models accept sam3");
    }
}
