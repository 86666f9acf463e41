using System.Text.Json.Serialization;
using FrozenSeg.Evaluation.Formats.Coco;

namespace FrozenSeg.Evaluation.Formats.References;

/// <summary>One object and the expressions that mean it.</summary>
internal sealed record ReferringEntry
{
    [JsonConverter(typeof(CocoKeyConverter))]
    public string? RefId { get; init; }

    [JsonConverter(typeof(CocoKeyConverter))]
    public string? ImageId { get; init; }

    public string? FileName { get; init; }

    /// <summary>The annotations that are meant; −1 or none where the expression means nothing (GRES).</summary>
    [JsonConverter(typeof(AnnotationIdsConverter))]
    public long[]? AnnId { get; init; }

    public string? Split { get; init; }

    public ReferringSentence[]? Sentences { get; init; }

    /// <summary>The mask, where it does not have to be looked up.</summary>
    public CocoSegmentation? Segmentation { get; init; }

    /// <summary>Whether the expression means nothing in the picture (GRES).</summary>
    public bool NoTarget { get; init; }
}
