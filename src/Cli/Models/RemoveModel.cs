using System.CommandLine;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Models;

/// <summary><c>frozenseg models remove NAME</c>.</summary>
internal sealed class RemoveModel
{
    private readonly Argument<string> _name = new("name") { Description = "What was pulled or imported" };

    public static Command Create()
    {
        var self = new RemoveModel();
        var command = new Command("remove", "Delete what was pulled or imported under a name") { self._name };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(self._name)));
        return command;
    }

    private static int Run(string name)
    {
        ModelStore store = ModelStore.Default;
        string known = ModelCatalogue.TryFind(name)?.Name ?? name;
        if (store.Remove(known) is not long bytes)
        {
            throw SegmentationProblem.InvalidRequest(
                $"model {name}", "nothing was pulled or imported under this name", "See frozenseg models list");
        }

        Console.WriteLine($"{known}  removed, {Sizes.Text(bytes)}");
        return 0;
    }
}
