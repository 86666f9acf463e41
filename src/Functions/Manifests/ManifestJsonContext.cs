using System.Text.Json.Serialization;

namespace FrozenSeg.Functions.Manifests;

/// <summary>How rows of manifests are written: snake case, enums by name, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ManifestRow))]
internal sealed partial class ManifestJsonContext : JsonSerializerContext;
