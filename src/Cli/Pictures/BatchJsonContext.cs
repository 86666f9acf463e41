using System.Text.Json.Serialization;

namespace FrozenSeg.Cli.Pictures;

/// <summary>How outcomes are printed: snake case, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<BatchOutcome>))]
internal sealed partial class BatchJsonContext : JsonSerializerContext;
