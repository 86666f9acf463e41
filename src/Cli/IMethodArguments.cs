using System.CommandLine;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Runtime;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Cli;

/// <summary>One method of <c>frozenseg segment</c>: its options, and how to make it from them.</summary>
internal interface IMethodArguments
{
    /// <summary>What <c>--method</c> calls it.</summary>
    string Name { get; }

    /// <summary>The answer it gives when none is asked for.</summary>
    SegmentationTask DefaultTask { get; }

    /// <summary>Adds its options to the command.</summary>
    void AddTo(Command command);

    /// <summary>Loads the method with the options that were given.</summary>
    ISegmentationMethod Create(ParseResult parsed, SessionFactory sessions);
}
