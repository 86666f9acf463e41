using System.Text.Json.Serialization;

namespace FrozenSeg.Shared.Requests;

/// <summary>The object form of a prompt.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SegmentationPromptConverter.Form))]
internal sealed partial class PromptJsonContext : JsonSerializerContext;
