using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Functions.Triggers;

/// <summary>
/// A message of the queue <c>segmentation-requests</c>: a request; or <c>{"id":…,"request":{…}}</c>; or
/// <c>{"id":…,"manifest":"NAME.jsonl"}</c>, a blob of uploads with one request on each line. Without an id the text
/// itself gives one.
/// </summary>
/// <param name="Id">Id of the segmentation, or of the manifest.</param>
/// <param name="Request">The request; null for a manifest.</param>
/// <param name="Manifest">The manifest's name; null for a request.</param>
internal sealed record QueueMessage(string Id, SegmentationRequest? Request, string? Manifest)
{
    private const string Where = "message";

    // The pictures of a manifest have its id with a number behind it.
    private const int LongestManifestId = 80;

    private static readonly JsonDocumentOptions Unambiguous = new() { AllowDuplicateProperties = false };

    /// <summary>
    /// The id under which a message is answered, however wrong the rest of it is: its own, if that can be read and is
    /// one; otherwise the one its text gives.
    /// </summary>
    public static string IdOf(string text)
    {
        try
        {
            return OwnId(Parse(text)) is string own && SegmentationId.IsValid(own) ? own : IdOfText(text);
        }
        catch (SegmentationProblemException)
        {
            return IdOfText(text);
        }
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="SegmentationProblemException">The text is not a message.</exception>
    public static QueueMessage Read(string text)
    {
        JsonObject message = Parse(text);
        string id = OwnId(message) is string own ? SegmentationId.Check(own) : IdOfText(text);
        if (message["manifest"] is JsonValue manifest)
        {
            return manifest.TryGetValue(out string? blob) && id.Length <= LongestManifestId
                ? new QueueMessage(id, null, blob)
                : throw Problem("the manifest is not a name, or its id is longer than 80 characters").ToException();
        }

        JsonNode request = message["request"] ?? message;
        return new QueueMessage(
            id, RequestJsonContext.Read(Encoding.UTF8.GetBytes(request.ToJsonString()), Where), null);
    }

    private static string IdOfText(string text) => SegmentationIds.Of('q', text);

    private static string? OwnId(JsonObject message) =>
        message["id"] is JsonValue given && given.TryGetValue(out string? own) ? own : null;

    private static JsonObject Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Unambiguous) as JsonObject
                ?? throw Problem("it is not a JSON object").ToException();
        }
        catch (JsonException failure)
        {
            throw Problem($"it is not JSON (line {failure.LineNumber + 1 ?? 1})").ToException(failure);
        }
    }

    private static SegmentationProblem Problem(string found) =>
        new(Where, found, "Send a request as docs/operations.md describes");
}
