using System.Text.Json.Serialization;

namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>One class of a COCO, panoptic or LVIS document.</summary>
internal sealed record CocoCategory
{
    public int? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>Panoptic: 1 for things, 0 for stuff.</summary>
    [JsonConverter(typeof(FlagConverter))]
    public int? Isthing { get; init; }

    /// <summary>LVIS: r, c or f for rare, common, frequent.</summary>
    public string? Frequency { get; init; }

    /// <summary>Whether it belongs to the classes a method never saw; only our own scenes say so.</summary>
    public bool? Seen { get; init; }
}
