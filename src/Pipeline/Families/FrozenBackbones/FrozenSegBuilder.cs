using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones;

/// <summary>Makes <see cref="FrozenSegMethod"/>.</summary>
/// <param name="name"><c>frozenseg</c> or <c>fcclip</c>.</param>
/// <param name="hasInjectors">FrozenSeg; off it is FC-CLIP.</param>
internal sealed class FrozenSegBuilder(string name, bool hasInjectors) : IMethodBuilder
{
    /// <inheritdoc/>
    public MethodCapabilities Capabilities { get; } = new(
        name, [SegmentationTask.Panoptic, SegmentationTask.Semantic, SegmentationTask.Instance], NeedsWords: true);

    /// <inheritdoc/>
    public IReadOnlyList<SettingDeclaration> Settings => FrozenSegSettings.Table.Declarations;

    /// <inheritdoc/>
    public (string Name, int Default)? BatchSetting => null;

    /// <inheritdoc/>
    public IEnumerable<SegmentationProblem> Problems(MethodSettings settings)
    {
        FrozenSegSettings read = FrozenSegSettings.Table.Read(settings, FrozenSegSettings.Published);
        SegmentationProblem[] problems = [.. settings.Problems(), .. FrozenSegSettings.Problems(settings)];
        return hasInjectors || read.Answers.MaskEnsemble is MaskEnsembleMode.Off
            ? problems
            : [.. problems, new SegmentationProblem(
                "settings.ensemble",
                $"{name} has no SAM to ask",
                "Leave it out, or use frozenseg")];
    }

    /// <inheritdoc/>
    public ISegmentationMethod Create(ModelLibrary library, MethodSettings settings)
    {
        ModelSelection selection = library.Selection;
        string checkpoint = (
            hasInjectors ? selection.FrozenSegCheckpoint : selection.FcClipCheckpoint ?? selection.FrozenSegCheckpoint)
            ?? throw SegmentationProblem.InvalidModel(
                name,
                "no checkpoint was named",
                $"Name one (--{name} FILE), or synthetic:convnext_large for an untrained one");
        FrozenSegModel model = library.Get($"{name}:{checkpoint}", () => new FrozenSegModel(
            FrozenSegCheckpoint.Open(checkpoint, selection.FrozenSegClip, selection.FrozenSegSam, hasInjectors),
            library.Sessions));
        FrozenSegConfiguration configuration = model.Configuration;
        return new FrozenSegMethod(
            name,
            model,
            FrozenSegSettings.Table.Read(settings, new FrozenSegSettings(configuration.Options, configuration.Input)),
            library.Features);
    }
}
