using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Families.Sam3.Concepts;

/// <summary>Makes <see cref="Sam3Method"/>.</summary>
internal sealed class Sam3Builder : IMethodBuilder
{
    /// <inheritdoc/>
    public MethodCapabilities Capabilities { get; } = new(
        Sam3Method.MethodName,
        [SegmentationTask.Instance, SegmentationTask.Semantic, SegmentationTask.Panoptic],
        NeedsWords: true);

    /// <inheritdoc/>
    public IReadOnlyList<SettingDeclaration> Settings => Sam3Options.Table.Declarations;

    /// <inheritdoc/>
    public (string Name, int Default)? BatchSetting => null;

    /// <inheritdoc/>
    public IEnumerable<SegmentationProblem> Problems(MethodSettings settings)
    {
        Sam3Options options = Sam3Options.Table.Read(settings, new Sam3Options());
        return [.. settings.Problems(), .. options.Problems()];
    }

    /// <inheritdoc/>
    public ISegmentationMethod Create(ModelLibrary library, MethodSettings settings)
    {
        string name = library.Selection.Sam3 ?? throw SegmentationProblem.InvalidModel(
            Sam3Method.MethodName,
            "no SAM 3 is on this machine",
            "Download sam3.pt from huggingface.co/facebook/sam3 once its authors grant access, then frozenseg models "
                + "import FILE --name sam3");
        Sam3Options options = Sam3Options.Table.Read(settings, new Sam3Options());
        return new Sam3Method(Sam3Models.Network(library, name, options.InputSize), options);
    }
}
