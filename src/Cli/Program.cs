using System.CommandLine;
using FrozenSeg.Cli;
using FrozenSeg.Cli.Commands;

var root = new RootCommand("Open-vocabulary image segmentation: SAM, FrozenSeg and CLIP as RNN.")
{
    SegmentCommand.Create(),
    SegmentVideoCommand.Create(),
    AutomaskCommand.Create(),
    PredictCommand.Create(),
    ServeCommand.Create(),
    WatchCommand.Create(),
    VocabulariesCommand.Create(),
    ModelsCommand.Create(),
    ScenesCommand.Create(),
    DemoCommand.Create(),
    EvalCommand.Create(),
    ConvertCommand.Create(),
};

ParseResult parsed = root.Parse(args);
return await CommandRunner.RunAsync(parsed);
