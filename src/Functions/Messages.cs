using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FrozenSeg.Serving.Workflow;

namespace FrozenSeg.Functions;

/// <summary>
/// How orchestrations and activities write what they hand each other: as the workflow writes its documents.
/// </summary>
internal static class Messages
{
    /// <summary>The workflow's own types by its context, the app's by reflection, all in the same style.</summary>
    public static JsonSerializerOptions Json { get; } = new(WorkflowJsonContext.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(WorkflowJsonContext.Default, new DefaultJsonTypeInfoResolver()),
    };
}
