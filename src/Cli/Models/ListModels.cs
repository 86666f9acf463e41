using System.CommandLine;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

namespace FrozenSeg.Cli.Models;

/// <summary><c>frozenseg models list</c>.</summary>
internal static class ListModels
{
    public static Command Create()
    {
        var command = new Command(
            "list", "Show every model that is known by name, which are on this machine, and which are in use");
        command.SetAction(_ => Run(ModelStore.Default));
        return command;
    }

    private static int Run(ModelStore store)
    {
        Console.WriteLine($"{"name",-22}{"here",-9}{"size",9}  what");
        foreach (ModelDescriptor model in ModelCatalogue.All)
            Console.WriteLine($"{model.Name,-22}{Presence(store, model),-9}{Sizes.Of(store, model),9}  {model.Title}");
        foreach (string name in store.ListPresent().Where(name => ModelCatalogue.TryFind(name) is null))
            Console.WriteLine(
                $"{name,-22}{"imported",-9}{Sizes.Text(new FileInfo(store.FindImported(name)!).Length),9}  "
                    + $"{Path.GetFileName(store.FindImported(name))}");
        Console.WriteLine($"models   {store.Folder}");
        Console.WriteLine();
        Console.WriteLine("in use where a command names nothing:");
        InUse.Show();
        return 0;
    }

    private static string Presence(ModelStore store, ModelDescriptor model) =>
        model.Files.All(file => store.Find(model, file) is not null) ? model.IsBundled ? "bundled" : "yes"
        : model.Files.All(file => file.Url is null) && !model.IsBundled ? "by hand"
        : "no";
}
