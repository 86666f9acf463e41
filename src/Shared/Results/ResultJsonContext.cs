using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FrozenSeg.Shared.Results;

/// <summary>How results are written: snake case, enums by name, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SegmentationResult))]
internal sealed partial class ResultJsonContext : JsonSerializerContext
{
    private static readonly Lazy<ResultJsonContext> Relaxed = new(() => new ResultJsonContext(
        new JsonSerializerOptions(Default!.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    /// <summary>For documents: masks hold characters that need no escape in a file.</summary>
    public static ResultJsonContext Documents => Relaxed.Value;

    /// <summary>Writes a result.</summary>
    public static byte[] Write(SegmentationResult result) =>
        JsonSerializer.SerializeToUtf8Bytes(result, Documents.SegmentationResult);

    /// <summary>Reads a result.</summary>
    /// <exception cref="JsonException">The text is not a result of this version.</exception>
    public static SegmentationResult Read(ReadOnlySpan<byte> json)
    {
        SegmentationResult result = JsonSerializer.Deserialize(json, Documents.SegmentationResult)
            ?? throw new JsonException("the document is null");
        return result.Version == 1
            ? result
            : throw new JsonException($"version {result.Version} of the document is not known; 1 is");
    }
}
