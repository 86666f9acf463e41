using System.CommandLine;
using FrozenSeg.Pipeline.Fusion;

namespace FrozenSeg.Cli;

/// <summary><c>segment --method fused</c>: its settings, and those of its parts under their names.</summary>
internal sealed class FusedMethodArguments : IMethodArguments
{
    private readonly Option<string[]> _settings = new("--fuse")
    {
        Description = "A setting of fused, NAME=VALUE: fused.snap_iou=0.8, automask.points_per_side=16; may be given several times",
    };

    /// <inheritdoc/>
    public string Name => SegmentFusion.MethodName;

    /// <inheritdoc/>
    public void AddTo(Command command) => command.Add(_settings);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Settings(ParseResult parsed) => (parsed.GetValue(_settings) ?? [])
        .Select(SettingArguments.ReadSetting)
        .ToDictionary(setting => setting.Name, setting => setting.Value);
}
