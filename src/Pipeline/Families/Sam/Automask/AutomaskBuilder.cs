using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Families.Sam.Automask;

/// <summary>Makes <see cref="AutomaskMethod"/>.</summary>
internal sealed class AutomaskBuilder : IMethodBuilder
{
    /// <inheritdoc/>
    public MethodCapabilities Capabilities { get; } =
        new(AutomaskMethod.MethodName, [SegmentationTask.Masks], NeedsWords: false);

    /// <inheritdoc/>
    public IReadOnlyList<SettingDeclaration> Settings => AutomaskSettings.Table.Declarations;

    /// <inheritdoc/>
    public (string Name, int Default)? BatchSetting =>
        (AutomaskSettings.BatchName, new AutomaticMaskOptions().PointsPerBatch);

    /// <inheritdoc/>
    public IEnumerable<SegmentationProblem> Problems(MethodSettings settings) => AutomaskSettings.Problems(settings);

    /// <inheritdoc/>
    public ISegmentationMethod Create(ModelLibrary library, MethodSettings settings)
    {
        IPromptableModel model = library.Sam;
        return new AutomaskMethod(model, AutomaskSettings.Read(settings, model));
    }
}
