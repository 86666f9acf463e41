using System.CommandLine;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Models;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Models;

/// <summary><c>frozenseg models use NAME…</c>.</summary>
internal sealed class UseModels
{
    private readonly Argument<string[]> _names = new("name")
    {
        Description = $"Names that models list shows, each for the role it plays; two CLIPs are CaR's proposer and "
            + $"judge; {BundledModels.Nano} or {ModelFamilies.Photo} for a family",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _role = new("--role")
    {
        Description = $"The role, where the name does not tell: "
            + $"{string.Join(", ", ModelSelection.Roles.Select(role => role.Role))}",
    };
    private readonly Option<bool> _reset = new("--reset") { Description = "Forget every choice" };

    public static Command Create()
    {
        var self = new UseModels();
        var command = new Command("use", "Choose once which networks are used where a command names none")
        {
            self._names,
            self._role,
            self._reset,
        };
        command.SetAction(self.Run);
        return command;
    }

    /// <summary>Keeps networks for roles, beside what was chosen for others.</summary>
    public static void Keep(IEnumerable<(string Role, string Name)> chosen)
    {
        ModelStore store = ModelStore.Default;
        var choice = new Dictionary<string, string>(ModelChoice.Read(store));
        foreach ((string role, string name) in chosen)
            choice[role] = name;
        ModelChoice.Write(store, choice);
    }

    private int Run(ParseResult parsed)
    {
        string[] names = parsed.GetValue(_names) ?? [];
        string? role = parsed.GetValue(_role);
        if (parsed.GetValue(_reset))
            ModelChoice.Write(ModelStore.Default, new Dictionary<string, string>());
        else if (names.Length == 0)
            throw SegmentationProblem.InvalidRequest(
                "models use", "no model was named", "Name one that frozenseg models list shows, or give --reset");
        if (role is not null && (names.Length != 1 || ModelSelection.Roles.All(known => known.Role != role)))
            throw SegmentationProblem.InvalidRequest(
                "--role",
                names.Length == 1 ? $"there is no role '{role}'" : "it is for one name",
                $"Use one of {string.Join(", ", ModelSelection.Roles.Select(known => known.Role))}");
        Keep(role is not null ? [(role, Present(names[0]))] : RolesOf(names));
        InUse.Show();
        return 0;
    }

    private static List<(string Role, string Name)> RolesOf(string[] names)
    {
        var chosen = new List<(string Role, string Name)>();
        foreach (string name in names)
        {
            switch (name)
            {
                case BundledModels.Nano:
                    chosen.AddRange(
                        ModelSelection.Roles
                            .Where(role => role.Role != RoleNames.Sam3)
                            .Select(role => (role.Role, name)));
                    break;
                case ModelFamilies.Photo:
                    chosen.AddRange(ModelFamilies.PhotoMembers.Select(member => (member.Role, Present(member.Name))));
                    break;
                default:
                    bool isSecondClip = chosen.Any(earlier => earlier.Role == RoleNames.CarClip);
                    chosen.AddRange(RolesOf(Present(name)).Select(
                        role => (role == RoleNames.CarClip && isSecondClip ? RoleNames.CarClassifier : role, name)));
                    break;
            }
        }

        return chosen;
    }

    private static IEnumerable<string> RolesOf(string name)
    {
        ModelRole role = ModelCatalogue.TryFind(name) is ModelDescriptor model
            ? model.Files[0].Role
            : CheckpointInspector.Inspect(ModelCatalogue.TryLocate(name)!).Role;
        return role switch
        {
            ModelRole.Sam => [RoleNames.Sam],
            ModelRole.Clip => [RoleNames.CarClip],
            ModelRole.ClipBackbone => [RoleNames.FrozenSegClip],
            ModelRole.FrozenSeg => [RoleNames.FrozenSeg],
            ModelRole.Sam3 => [RoleNames.Sam3],
            _ => [RoleNames.FcClip],
        };
    }

    // A choice of what is not here would fail at every later command.
    private static string Present(string name)
    {
        string located = ModelCatalogue.TryFind(name) is { Files: [var file, ..] }
            ? ModelCatalogue.Locate(name, file.Role)
            : ModelCatalogue.TryLocate(name)!;
        return File.Exists(located)
            ? ModelStore.IsName(name) ? name : Path.GetFullPath(name)
            : throw SegmentationProblem.InvalidRequest(
                "models use", $"there is no model or file '{name}'", "Name one that frozenseg models list shows");
    }
}
