using System.Text.Json.Nodes;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.LabelStudio;

/// <summary>
/// What somebody has just shown in Label Studio: points and a box in pixels, and the label they chose.
/// </summary>
/// <param name="Points">Points.</param>
/// <param name="Labels">For each 1 or 0.</param>
/// <param name="Box">A box; null without one.</param>
/// <param name="Label">The label; null without one.</param>
internal sealed record LabelStudioPrompt(
    IReadOnlyList<IReadOnlyList<double>> Points, IReadOnlyList<int> Labels, IReadOnlyList<double>? Box, string? Label)
{
    private const string KeyPoint = "keypointlabels", Rectangle = "rectanglelabels";

    /// <summary>Reads the context of an interactive call; null when nothing was shown.</summary>
    /// <param name="context">The context: regions in percent of the picture.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <exception cref="SegmentationProblemException">A region is not one.</exception>
    public static LabelStudioPrompt? Read(JsonNode? context, int width, int height)
    {
        if (context?["result"] is not JsonArray { Count: > 0 } regions)
            return null;
        var points = new List<IReadOnlyList<double>>();
        var labels = new List<int>();
        IReadOnlyList<double>? box = null;
        string? label = null;
        foreach (JsonNode? region in regions)
        {
            try
            {
                JsonNode value = region!["value"]!;
                string type = (string)region["type"]!;
                double x = Pixels(value, "x", width), y = Pixels(value, "y", height);
                label = (string?)value[type]?[0] ?? label;
                if (type == KeyPoint)
                {
                    points.Add([x, y]);
                    labels.Add(
                        (region["is_positive"] ?? region["value"]?["is_positive"]) is JsonNode sign && !IsTrue(sign)
                            ? 0
                            : 1);
                }
                else if (type == Rectangle)
                {
                    box = [x, y, Math.Min(width, x + Pixels(value, "width", width)), Math.Min(
                        height, y + Pixels(value, "height", height))];
                }
            }
            catch (Exception failure) when (
                failure is InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
            {
                throw SegmentationProblem.InvalidRequest(
                    "context",
                    "a region cannot be read",
                    "Send key points and rectangles as Label Studio does",
                    failure);
            }
        }

        return points.Count == 0 && box is null ? null : new LabelStudioPrompt(points, labels, box, label);
    }

    private static double Pixels(JsonNode value, string name, int size) =>
        Math.Clamp((double)value[name]! / 100, 0, 1) * size;

    // Some versions write true and false, others 1 and 0.
    private static bool IsTrue(JsonNode sign) => sign.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.True => true,
        System.Text.Json.JsonValueKind.Number => (double)sign != 0,
        _ => false,
    };
}
