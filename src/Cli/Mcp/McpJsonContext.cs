using System.Text.Json.Serialization;

namespace FrozenSeg.Cli.Mcp;

/// <summary>How tools write data: snake case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ToolResult))]
internal sealed partial class McpJsonContext : JsonSerializerContext;
