using System.CommandLine;
using FrozenSeg.Pipeline.Families.Fusion;

namespace FrozenSeg.Cli;

/// <summary><c>segment --method fused</c>: its settings, and those of its parts under their names, come by <c>--set</c>.</summary>
internal sealed class FusedMethodArguments : IMethodArguments
{
    private static readonly Dictionary<string, string> None = [];

    /// <inheritdoc/>
    public string Name => SegmentFusion.MethodName;

    /// <inheritdoc/>
    public IReadOnlyList<Option> Options => [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Settings(ParseResult parsed) => None;
}
