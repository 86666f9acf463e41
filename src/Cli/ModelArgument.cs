using System.CommandLine;
using FrozenSeg.Pipeline.Families.Sam;

namespace FrozenSeg.Cli;

/// <summary>Which SAM network a command uses.</summary>
internal sealed class ModelArgument
{
    private readonly Option<string> _model = new("--model")
    {
        Description = "nano (bundled), procsam (procedural, untrained), synthetic:NAME (untrained), or a weight file",
        DefaultValueFactory = _ => PromptableModels.ProcSamName,
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_model);

    /// <summary>The name that was given.</summary>
    public string Read(ParseResult parsed) => parsed.GetRequiredValue(_model);
}
