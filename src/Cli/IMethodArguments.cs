using System.CommandLine;
using FrozenSeg.Pipeline;

namespace FrozenSeg.Cli;

/// <summary>The options of one method of <c>frozenseg segment</c>.</summary>
internal interface IMethodArguments
{
    /// <summary>What <c>--method</c> calls it; <see cref="MethodFactory"/> knows the same name.</summary>
    string Name { get; }

    /// <summary>Its options; methods may share some.</summary>
    IReadOnlyList<Option> Options { get; }

    /// <summary>The settings that were given, under their published names.</summary>
    IReadOnlyDictionary<string, string> Settings(ParseResult parsed);
}
