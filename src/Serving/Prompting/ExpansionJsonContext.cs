using System.Text.Json.Serialization;

namespace FrozenSeg.Serving.Prompting;

/// <summary>How a language model's answers are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ExpansionAnswer))]
internal sealed partial class ExpansionJsonContext : JsonSerializerContext;
