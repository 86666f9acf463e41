using System.CommandLine;
using FrozenSeg.Pipeline.Families.Sam.Automask;

namespace FrozenSeg.Cli;

/// <summary><c>segment --method automask</c>.</summary>
internal sealed class AutomaskMethodArguments : IMethodArguments
{
    private readonly AutomaskArguments _settings = new();

    /// <inheritdoc/>
    public string Name => AutomaskMethod.MethodName;

    /// <inheritdoc/>
    public IReadOnlyList<Option> Options => _settings.Options;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Settings(ParseResult parsed) => _settings.Given(parsed);
}
