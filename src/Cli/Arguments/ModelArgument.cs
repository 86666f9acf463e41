using System.CommandLine;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Cli.Arguments;

/// <summary>Which SAM network a command uses.</summary>
internal sealed class ModelArgument
{
    private readonly Option<string?> _model = new("--model")
    {
        Description = "A name that frozenseg models list shows, a weight file, synthetic:NAME (untrained) or procsam "
            + "(procedural, untrained). "
            + "Default: the SAM in use, which models list shows too",
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_model);

    /// <summary>The name that was given, or that of the SAM in use.</summary>
    /// <exception cref="FrozenSeg.Shared.Problems.SegmentationProblemException">No SAM is on this machine.</exception>
    public string Read(ParseResult parsed) => ModelDefaults.Sam(parsed.GetValue(_model));
}
