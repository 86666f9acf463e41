using System.Text.Json.Serialization;
using FrozenSeg.Serving.Http.Documents;

namespace FrozenSeg.Serving.Http;

/// <summary>How the API's documents are written: snake case, enums by name, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(ModelsDocument))]
[JsonSerializable(typeof(VocabulariesDocument))]
[JsonSerializable(typeof(HealthDocument))]
[JsonSerializable(typeof(ExamplesDocument))]
[JsonSerializable(typeof(SegmentationsDocument))]
internal sealed partial class ServingJsonContext : JsonSerializerContext;
