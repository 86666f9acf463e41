using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Families.Fusion;

/// <summary>Makes the part of <c>fused</c> that proposes segments, of the settings of <c>fused</c>.</summary>
/// <param name="frozenSeg">FrozenSeg.</param>
/// <param name="sam3">SAM 3.</param>
internal sealed class ProposalsBuilder(IMethodBuilder frozenSeg, IMethodBuilder sam3) : IMethodBuilder
{
    /// <inheritdoc/>
    public MethodCapabilities Capabilities { get; } = new(
        ProposalsMethod.MethodName, [SegmentationTask.Panoptic], NeedsWords: true);

    /// <inheritdoc/>
    public IReadOnlyList<SettingDeclaration> Settings => [];

    /// <inheritdoc/>
    public (string Name, int Default)? BatchSetting => null;

    /// <inheritdoc/>
    // They are settings of fused, which has checked them.
    public IEnumerable<SegmentationProblem> Problems(MethodSettings settings) => [];

    /// <inheritdoc/>
    public ISegmentationMethod Create(ModelLibrary library, MethodSettings settings)
    {
        IMethodBuilder[] chosen = FusionOptions.Read(settings).Proposals switch
        {
            ProposalSource.Sam3 => [sam3],
            ProposalSource.Both => [frozenSeg, sam3],
            _ => [frozenSeg],
        };
        var parts = new List<ISegmentationMethod>();
        try
        {
            foreach (IMethodBuilder part in chosen)
                parts.Add(part.Create(library, FusedBuilder.SettingsOf(part, settings)));
            return new ProposalsMethod(parts);
        }
        catch
        {
            parts.ForEach(part => part.Dispose());
            throw;
        }
    }
}
