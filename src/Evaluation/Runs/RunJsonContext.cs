using System.Text.Json.Serialization;

namespace FrozenSeg.Evaluation.Runs;

/// <summary>The run's own documents.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(MethodUse))]
internal sealed partial class RunJsonContext : JsonSerializerContext;
