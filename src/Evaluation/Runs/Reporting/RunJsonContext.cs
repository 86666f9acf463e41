using System.Text.Json.Serialization;
using FrozenSeg.Evaluation.Runs.Steps;

namespace FrozenSeg.Evaluation.Runs.Reporting;

/// <summary>The run's own documents.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(MethodUse))]
internal sealed partial class RunJsonContext : JsonSerializerContext;
