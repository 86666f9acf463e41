using System.CommandLine;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Models;

/// <summary><c>frozenseg models accept sam3</c>.</summary>
internal sealed class AcceptLicence
{
    private readonly Argument<string> _name = new("name")
    {
        Description = "sam3 or sam3.1, the models whose licence limits what they may be used for",
    };

    public static Command Create()
    {
        var self = new AcceptLicence();
        var command = new Command(
            "accept", "Read the licence of a model that has limits of use, and record that it is accepted")
        {
            self._name,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(self._name)));
        return command;
    }

    private static int Run(string name)
    {
        if (!ModelFamilies.Sam3s.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw SegmentationProblem.InvalidRequest(
                "models accept",
                $"the licence of '{name}' asks for nothing",
                $"Name one of {string.Join(", ", ModelFamilies.Sam3s)}");
        }

        Console.WriteLine(Sam3Licence.Notice);
        Console.WriteLine($"accepted {Sam3Licence.Accept(ModelStore.Default, TimeProvider.System.GetLocalNow())}");
        return 0;
    }
}
