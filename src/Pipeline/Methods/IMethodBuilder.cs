using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>
/// How one method is made from settings and networks. One is in each family; the factory above them knows all.
/// </summary>
internal interface IMethodBuilder
{
    /// <summary>Its name, the tasks it can answer and what it needs.</summary>
    MethodCapabilities Capabilities { get; }

    /// <summary>The settings it knows.</summary>
    IReadOnlyList<SettingDeclaration> Settings { get; }

    /// <summary>
    /// The setting that trades memory against speed without changing results, with its default; null when there is
    /// none. After running out of memory the method is tried again with half of it.
    /// </summary>
    (string Name, int Default)? BatchSetting { get; }

    /// <summary>Everything that makes these settings unusable, values that cannot be read included.</summary>
    IEnumerable<SegmentationProblem> Problems(MethodSettings settings);

    /// <summary>
    /// Makes the method. Its networks stay the library's: disposing the method does not dispose them.
    /// </summary>
    /// <exception cref="SegmentationProblemException">The settings are unusable or a network cannot be
    /// loaded.</exception>
    ISegmentationMethod Create(ModelLibrary library, MethodSettings settings);
}
