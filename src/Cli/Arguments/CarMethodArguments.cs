using System.CommandLine;
using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Families.ClipAsRnn;

namespace FrozenSeg.Cli.Arguments;

/// <summary><c>segment --method car</c>: naming a SAM asks to snap to its masks, unless that is taken back.</summary>
/// <param name="known">Options that other methods of the command have, by name.</param>
internal sealed class CarMethodArguments(Dictionary<string, Option> known)
    : MethodArguments(MethodFactory.Find(CarMethod.MethodName), known)
{
    private const string SnapName = "snap";

    /// <inheritdoc/>
    protected override Dictionary<string, string> Given(ParseResult parsed)
    {
        Dictionary<string, string> settings = base.Given(parsed);
        if (parsed.GetValue<string?>(ModelArguments.SamName) is not null)
            settings.TryAdd(SnapName, "true");
        return settings;
    }
}
