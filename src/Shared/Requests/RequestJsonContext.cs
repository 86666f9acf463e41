using System.Text.Json;
using System.Text.Json.Serialization;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests.Shapes;

namespace FrozenSeg.Shared.Requests;

/// <summary>
/// How requests are written: snake case, enums by name, nulls left out; members nobody knows are refused.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SegmentationRequest))]
internal sealed partial class RequestJsonContext : JsonSerializerContext
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Writes a request.</summary>
    public static byte[] Write(SegmentationRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(request, Default.SegmentationRequest);

    /// <summary>Reads a request.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="where">What to call the text in messages, for instance <c>options</c>.</param>
    /// <exception cref="SegmentationProblemException">The text is not a valid request; says where.</exception>
    public static SegmentationRequest Read(ReadOnlySpan<byte> json, string where)
    {
        // Some editors, and PowerShell, begin a file so.
        json = json.StartsWith(ByteOrderMark) ? json[ByteOrderMark.Length..] : json;
        try
        {
            if (RequestShape.Problems(json, where) is { Count: > 0 } problems)
                throw new SegmentationProblemException(problems);
            return JsonSerializer.Deserialize(json, Default.SegmentationRequest)!;
        }
        catch (JsonException failure) when (failure.Path is { Length: > 1 } path)
        {
            // The shape is right, so what is left is a text that should be something else: base64.
            throw SegmentationProblem.InvalidRequest(
                $"{where}: {path.TrimStart('$', '.')}", "it is not base64", "Send the whole file in base64", failure);
        }
        catch (JsonException failure)
        {
            throw SegmentationProblem.InvalidRequest(
                where,
                $"it is not JSON (line {failure.LineNumber + 1 ?? 1}: {FirstSentence(failure.Message)})",
                "Send a JSON object as /api/openapi.json describes", failure);
        }
    }

    private static string FirstSentence(string message) =>
        message.Split(" LineNumber:", 2)[0].Split('\n', 2)[0].TrimEnd('.', ' ');
}
