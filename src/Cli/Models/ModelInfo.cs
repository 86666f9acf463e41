using System.CommandLine;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

namespace FrozenSeg.Cli.Models;

/// <summary><c>frozenseg models info NAME</c>.</summary>
internal sealed class ModelInfo
{
    private readonly Argument<string> _name = new("name") { Description = "A name that models list shows" };

    public static Command Create()
    {
        var self = new ModelInfo();
        var command = new Command("info", "Show where a model comes from, its licence, its files and their hashes") { self._name };
        command.SetAction(parsed => Run(ModelCatalogue.Find(parsed.GetRequiredValue(self._name)), ModelStore.Default));
        return command;
    }

    private static int Run(ModelDescriptor model, ModelStore store)
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
            Console.WriteLine($"  size   {(file.Size is long size ? $"{size:N0} bytes" : "not published")}");
            Console.WriteLine($"  sha256 {file.Sha256 ?? "not published"}");
            Console.WriteLine($"  here   {store.Find(model, file) ?? "no"}");
        }

        return 0;
    }
}
