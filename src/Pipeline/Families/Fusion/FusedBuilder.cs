using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Families.Fusion;

/// <summary>
/// Makes <see cref="FusedMethod"/>. Settings of a part carry its name: <c>car.…</c>, <c>automask.…</c>.
/// </summary>
/// <param name="frozenSeg">FrozenSeg.</param>
/// <param name="sam3">SAM 3, which may propose in its place or beside it.</param>
/// <param name="prompts">CLIP as RNN.</param>
/// <param name="masks">SAM's automatic masks.</param>
internal sealed class FusedBuilder(
    IMethodBuilder frozenSeg, IMethodBuilder sam3, IMethodBuilder prompts, IMethodBuilder masks) : IMethodBuilder
{
    /// <inheritdoc/>
    public MethodCapabilities Capabilities { get; } = new(
        SegmentFusion.MethodName,
        [SegmentationTask.Panoptic, SegmentationTask.Semantic, SegmentationTask.Instance],
        NeedsWords: true);

    /// <inheritdoc/>
    public IReadOnlyList<SettingDeclaration> Settings =>
    [
        .. FusionOptions.Table.Declarations,
        .. Parts.SelectMany(part => part.Settings.Select(
            setting => setting with { Name = Prefix(part) + setting.Name, Option = null })),
    ];

    /// <inheritdoc/>
    public (string Name, int Default)? BatchSetting => null;

    /// <inheritdoc/>
    public IEnumerable<SegmentationProblem> Problems(MethodSettings settings)
    {
        var own = new MethodSettings(settings.Values
            .Where(setting => !Parts.Any(part => setting.Key.StartsWith(Prefix(part), StringComparison.Ordinal)))
            .ToDictionary(setting => setting.Key, setting => setting.Value));
        FusionOptions options = FusionOptions.Read(own);
        return
        [
            .. own.Problems(),
            .. options.Problems(),
            .. Parts.SelectMany(part => part.Problems(SettingsOf(part, settings)).Select(problem => problem with
            {
                Where = problem.Where.Replace("settings.", $"settings.{Prefix(part)}", StringComparison.Ordinal),
            })),
        ];
    }

    /// <inheritdoc/>
    public ISegmentationMethod Create(ModelLibrary library, MethodSettings settings) => new FusedMethod(
        new ProposalsBuilder(frozenSeg, sam3).Create(library, settings),
        prompts.Create(library, SettingsOf(prompts, settings)),
        masks.Create(library, SettingsOf(masks, settings)),
        FusionOptions.Read(settings));

    private IMethodBuilder[] Parts => [frozenSeg, sam3, prompts, masks];

    private static string Prefix(IMethodBuilder part) => part.Capabilities.Name + ".";

    /// <summary>The settings of a part, without its name.</summary>
    public static MethodSettings SettingsOf(IMethodBuilder part, MethodSettings settings) => new(settings.Values
        .Where(setting => setting.Key.StartsWith(Prefix(part), StringComparison.Ordinal))
        .ToDictionary(setting => setting.Key[Prefix(part).Length..], setting => setting.Value));
}
