using System.CommandLine;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg vocabularies</c>: which published vocabularies there are, and what one holds.</summary>
internal sealed class VocabulariesCommand
{
    private readonly Argument<string?> _name = new("name")
    {
        Description = "Shows the classes of one vocabulary",
        DefaultValueFactory = _ => null,
    };

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new VocabulariesCommand();
        var command = new Command("vocabularies", "List the published vocabularies that --vocabulary takes")
        {
            self._name,
        };
        command.SetAction(self.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        if (parsed.GetValue(_name) is string name)
            Show(NamedVocabularies.Find(name));
        else
            List();
        return 0;
    }

    private static void List()
    {
        Console.WriteLine($"{"name",-16}{"classes",8}{"things",8}{"names",8}  dataset");
        foreach (NamedVocabulary vocabulary in NamedVocabularies.All)
        {
            string things = vocabulary.HasKinds ? $"{vocabulary.ThingCount}" : "–";
            Console.WriteLine($"{vocabulary.Name,-16}{vocabulary.Categories.Count,8}{things,8}{vocabulary.NameCount,8} "
                + $" {vocabulary.Title}");
        }
    }

    private static void Show(NamedVocabulary vocabulary)
    {
        Console.WriteLine($"# {vocabulary.Title}");
        Console.WriteLine($"# {vocabulary.Origin}");
        Console.WriteLine($"# {vocabulary.Licence}");
        foreach (Category category in vocabulary.Categories)
        {
            string kind = vocabulary.HasKinds ? $"{category.Kind}".ToLowerInvariant() : "–";
            Console.WriteLine($"{category.Id,5}  {kind,-6} {string.Join(", ", category.Names)}");
        }
    }
}
