using System.CommandLine;
using FrozenSeg.Cli;
using FrozenSeg.Cli.Commands;

ParseResult parsed = FrozenSegCommand.CreateFor(args).Parse(args);
return await CommandRunner.RunAsync(parsed);
