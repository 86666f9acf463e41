using System.Text.Json.Nodes;
using FrozenSeg.Evaluation.Conversion.Outlines;
using FrozenSeg.Evaluation.Conversion.Targets;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Cli.LabelStudio;

/// <summary>Masks as Label Studio's regions.</summary>
/// <param name="config">The project's controls.</param>
internal sealed class LabelStudioRegion(LabelConfig config)
{
    /// <summary>The regions of a mask: one for a brush, one for each part for polygons.</summary>
    /// <param name="id">Begins their ids.</param>
    /// <param name="mask">The mask.</param>
    /// <param name="label">Its label.</param>
    /// <param name="score">How sure it is, 0..1.</param>
    public IEnumerable<JsonObject> Of(string id, RunLengthEncoding mask, string label, double score) => config.IsBrush
        ? [Region(id, mask, score, "brushlabels", label, new JsonObject
        {
            ["format"] = "rle",
            ["rle"] = new JsonArray([.. LabelStudioRle.Encode(mask.ToMask()).Select(value => (JsonNode)(int)value)]),
        })]
        : MaskOutlines.Of(mask.ToMask()).Where(part => part.Exterior.Count >= 3).Select((part, i) => Region(
            $"{id}-{i + 1}", mask, score, "polygonlabels", label, new JsonObject
            {
                ["points"] = new JsonArray([.. part.Exterior.Select(corner => new JsonArray(
                    Math.Round(100.0 * corner.X / mask.Width, 4), Math.Round(100.0 * corner.Y / mask.Height, 4)))]),
                ["closed"] = true,
            }));

    private JsonObject Region(
        string id, RunLengthEncoding mask, double score, string type, string label, JsonObject value)
    {
        value[type] = new JsonArray(label);
        return new JsonObject
        {
            ["id"] = id,
            ["from_name"] = config.FromName,
            ["to_name"] = config.ToName,
            ["original_width"] = mask.Width,
            ["original_height"] = mask.Height,
            ["image_rotation"] = 0,
            ["type"] = type,
            ["value"] = value,
            ["score"] = Math.Round(score, 4),
            ["readonly"] = false,
        };
    }
}
