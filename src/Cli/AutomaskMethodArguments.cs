using System.CommandLine;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Runtime;
using FrozenSeg.Pipeline.Sam;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Cli;

/// <summary><c>segment --method automask</c>.</summary>
/// <param name="sam">The option that names the SAM network; shared with other methods.</param>
internal sealed class AutomaskMethodArguments(Option<string?> sam) : IMethodArguments
{
    private readonly AutomaskArguments _settings = new();

    /// <inheritdoc/>
    public string Name => AutomaskMethod.MethodName;

    /// <inheritdoc/>
    public SegmentationTask DefaultTask => SegmentationTask.Masks;

    /// <inheritdoc/>
    public void AddTo(Command command) => _settings.AddTo(command);

    /// <inheritdoc/>
    public ISegmentationMethod Create(ParseResult parsed, SessionFactory sessions) => new AutomaskMethod(
        PromptableModels.Load(parsed.GetValue(sam) ?? PromptableModels.ProcSamName, sessions), _settings.Read(parsed));
}
