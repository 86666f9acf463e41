using FrozenSeg.Functions.Api;
using FrozenSeg.Serving.Workflow;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Options;

namespace FrozenSeg.Functions.Options;

/// <summary>
/// Takes away the functions that are not of this process's role, before the host learns of them: with work-item
/// filtering the scheduler then gives each activity to an app that has it.
/// </summary>
/// <param name="options">Settings of the app.</param>
internal sealed class RoleFilter(IOptions<ServiceOptions> options) : IFunctionMetadataTransformer
{
    private static readonly HashSet<string> Heavy =
        [StageNames.GenerateMasks, StageNames.DecodeProposals, StageNames.FilterPrompts];
    private static readonly HashSet<string> Everywhere =
        [DescriptionFunctions.HealthName, DescriptionFunctions.HealthDetailsName, DescriptionFunctions.LiveName];

    public string Name => nameof(RoleFilter);

    public void Transform(IList<IFunctionMetadata> original)
    {
        for (int i = original.Count - 1; i >= 0; i--)
        {
            if (!Offers(options.Value.Role, original[i].Name!))
                original.RemoveAt(i);
        }
    }

    /// <summary>Whether a process of this role offers a function.</summary>
    public static bool Offers(AppRole role, string function) => role switch
    {
        AppRole.Cpu => !Heavy.Contains(function),
        AppRole.Gpu => Heavy.Contains(function) || Everywhere.Contains(function),
        _ => true,
    };
}
