using System.CommandLine;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Cli;

/// <summary>Which networks the methods of a command use.</summary>
internal sealed class ModelArguments
{
    private readonly Option<string?> _sam = new("--sam") { Description = "SAM network: a weight file, synthetic:NAME or procsam" };

    /// <summary>Adds the options to a command.</summary>
    public ModelArguments AddTo(Command command)
    {
        command.Add(_sam);
        return this;
    }

    /// <summary>The networks that were named.</summary>
    public ModelSelection Read(ParseResult parsed) => new() { Sam = parsed.GetValue(_sam) };
}
