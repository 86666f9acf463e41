namespace FrozenSeg.Cli.Mcp;

/// <summary>What a tool found, as data.</summary>
/// <param name="Width">Columns of the picture.</param>
/// <param name="Height">Rows of the picture.</param>
/// <param name="Segments">The segments.</param>
/// <param name="Warnings">What the caller should know besides.</param>
internal sealed record ToolResult(
    int Width, int Height, IReadOnlyList<ToolSegment> Segments, IReadOnlyList<string> Warnings);
