using System.Text.Json.Serialization;

namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>One picture of a COCO, LVIS or RefCOCO document.</summary>
internal sealed record CocoImage
{
    [JsonConverter(typeof(CocoKeyConverter))]
    public string? Id { get; init; }

    public string? FileName { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>LVIS: classes that were looked for and are not there.</summary>
    public int[]? NegCategoryIds { get; init; }

    /// <summary>LVIS: classes of which not every member is annotated.</summary>
    public int[]? NotExhaustiveCategoryIds { get; init; }

    /// <summary>LVIS and others without file names give an address instead.</summary>
    public string? CocoUrl { get; init; }

    /// <summary>What to call the picture.</summary>
    [JsonIgnore]
    public string Name => FileName ?? CocoUrl?.Split('/')[^1] ?? Id ?? "";
}
