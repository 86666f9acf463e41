using System.Text.Json.Serialization;
using FrozenSeg.Serving.Interaction.Documents;

namespace FrozenSeg.Serving.Interaction;

/// <summary>
/// How interactive documents are written: snake case, nulls left out; members nobody knows are refused.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PredictionRequest))]
[JsonSerializable(typeof(PredictionDocument))]
[JsonSerializable(typeof(EmbeddingDocument))]
[JsonSerializable(typeof(SimilarRequest))]
[JsonSerializable(typeof(SimilarDocument))]
internal sealed partial class InteractionJsonContext : JsonSerializerContext;
