using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow;

/// <summary>
/// How everything that stages and hosts hand each other is written: snake case, enums by name, nulls left out.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SegmentationJob))]
[JsonSerializable(typeof(PreparedPicture))]
[JsonSerializable(typeof(ExpandInput))]
[JsonSerializable(typeof(ExpandedRequest))]
[JsonSerializable(typeof(MethodInput))]
[JsonSerializable(typeof(MethodOutput))]
[JsonSerializable(typeof(AggregateInput))]
[JsonSerializable(typeof(PublishInput))]
[JsonSerializable(typeof(PublishedFiles))]
[JsonSerializable(typeof(NotifyInput))]
[JsonSerializable(typeof(Notified))]
[JsonSerializable(typeof(WorkflowResult))]
[JsonSerializable(typeof(OutcomeDocument))]
[JsonSerializable(typeof(SegmentationStatus))]
[JsonSerializable(typeof(AcceptedJob))]
[JsonSerializable(typeof(StageOutcome<PreparedPicture>))]
[JsonSerializable(typeof(StageOutcome<ExpandedRequest>))]
[JsonSerializable(typeof(StageOutcome<MethodOutput>))]
[JsonSerializable(typeof(StageOutcome<PublishedFiles>))]
[JsonSerializable(typeof(StageOutcome<Notified>))]
internal sealed partial class WorkflowJsonContext : JsonSerializerContext
{
    private static readonly Lazy<WorkflowJsonContext> Relaxed = new(() => new WorkflowJsonContext(
        new JsonSerializerOptions(Default!.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    /// <summary>For documents in the store: masks hold characters that need no escape there.</summary>
    public static WorkflowJsonContext Documents => Relaxed.Value;

    /// <summary>Writes a document.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, typeof(T), Documents);

    /// <summary>Reads a document.</summary>
    /// <exception cref="SegmentationProblemException">The text is not such a document.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, string name)
        where T : class
    {
        try
        {
            return (T?)JsonSerializer.Deserialize(json, typeof(T), Documents) ?? throw new JsonException("it is null");
        }
        catch (JsonException failure)
        {
            throw new SegmentationProblem(
                Shared.Problems.ProblemKind.Storage,
                name,
                "the stored document is damaged",
                "Run the segmentation again")
                .ToException(failure);
        }
    }
}
