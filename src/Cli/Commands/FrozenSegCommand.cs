using System.CommandLine;
using FrozenSeg.Cli.Help;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg</c> itself.</summary>
internal static class FrozenSegCommand
{
    /// <summary>The whole command line.</summary>
    public static RootCommand Create() =>
        GroupedHelp.On(new RootCommand("Open-vocabulary image segmentation: SAM, FrozenSeg and CLIP as RNN.")
        {
            SegmentCommand.Create(),
            SegmentVideoCommand.Create(),
            AutomaskCommand.Create(),
            PredictCommand.Create(),
            ServeCommand.Create(),
            WatchCommand.Create(),
            McpCommand.Create(),
            VocabulariesCommand.Create(),
            ModelsCommand.Create(),
            ScenesCommand.Create(),
            DemoCommand.Create(),
            EvalCommand.Create(),
            ConvertCommand.Create(),
            CompletionCommand.Create(),
        });
}
