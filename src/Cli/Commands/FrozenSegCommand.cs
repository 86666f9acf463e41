using System.CommandLine;
using FrozenSeg.Cli.Help;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg</c> itself.</summary>
internal static class FrozenSegCommand
{
    private const string Version = "--version";

    private static readonly (string Name, Func<Command> Create)[] Commands =
    [
        ("segment", SegmentCommand.Create),
        ("segment-video", SegmentVideoCommand.Create),
        ("automask", AutomaskCommand.Create),
        ("predict", PredictCommand.Create),
        ("serve", ServeCommand.Create),
        ("watch", WatchCommand.Create),
        ("mcp", McpCommand.Create),
        ("vocabularies", VocabulariesCommand.Create),
        ("models", ModelsCommand.Create),
        ("scenes", ScenesCommand.Create),
        ("demo", DemoCommand.Create),
        ("eval", EvalCommand.Create),
        ("convert", ConvertCommand.Create),
        ("completion", CompletionCommand.Create),
    ];

    /// <summary>The whole command line.</summary>
    public static RootCommand Create() => With(Commands);

    /// <summary>
    /// As much of the command line as a call reads. Hundreds of options are compiled when they are declared, and a call
    /// of one command needs its own; whoever asks for help, completion, or what does not exist, gets all of them.
    /// </summary>
    /// <param name="arguments">The call.</param>
    public static RootCommand CreateFor(IReadOnlyList<string> arguments) => arguments switch
    {
        [Version] => With([]),
        [string first, ..] when Array.FindIndex(Commands, command => command.Name == first) is >= 0 and int known =>
            With([Commands[known]]),
        _ => Create(),
    };

    private static RootCommand With(IEnumerable<(string Name, Func<Command> Create)> commands)
    {
        var root = new RootCommand("Open-vocabulary image segmentation: SAM, FrozenSeg and CLIP as RNN.");
        foreach ((_, Func<Command> create) in commands)
            root.Add(create());
        return GroupedHelp.On(root);
    }
}
