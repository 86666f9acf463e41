using System.CommandLine;
using FrozenSeg.Pipeline.Foundation.Runtime;

namespace FrozenSeg.Cli.Arguments;

/// <summary><c>--pictures</c>, for commands that do many.</summary>
internal sealed class PicturesArgument
{
    private readonly Option<int> _pictures = new("--pictures")
    {
        Description = "Pictures at work at once; 0 takes two on a CPU with several cores, one elsewhere",
        DefaultValueFactory = _ => 0,
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_pictures);

    /// <summary>Puts the number into the options, and how many pictures wait.</summary>
    public RuntimeOptions Apply(ParseResult parsed, RuntimeOptions options, int waiting) =>
        options with { PicturesAtOnce = parsed.GetValue(_pictures), PicturesWaiting = waiting };
}
