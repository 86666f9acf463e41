using System.CommandLine;

namespace FrozenSeg.Cli;

/// <summary><c>segment --method frozenseg</c> or <c>--method fcclip</c>.</summary>
/// <param name="name">The method.</param>
/// <param name="settings">The options both share.</param>
internal sealed class FrozenSegMethodArguments(string name, FrozenSegArguments settings) : IMethodArguments
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<Option> Options => settings.Options;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Settings(ParseResult parsed) => settings.Read(parsed);
}
