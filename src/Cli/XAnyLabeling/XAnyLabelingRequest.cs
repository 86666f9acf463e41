using System.Text.Json.Nodes;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.XAnyLabeling;

/// <summary>A call of X-AnyLabeling.</summary>
/// <param name="Model">What it chose from the list.</param>
/// <param name="Picture">The picture.</param>
/// <param name="Points">Points, pixels.</param>
/// <param name="Labels">For each 1 or 0.</param>
/// <param name="Boxes">Boxes, pixels.</param>
/// <param name="Words">What to look for.</param>
/// <param name="LeastScore">Segments below it are left out.</param>
/// <param name="Fineness">Share of an outline's length by which it may be simplified.</param>
internal sealed record XAnyLabelingRequest(
    string Model,
    FetchedPicture Picture,
    IReadOnlyList<IReadOnlyList<double>> Points,
    IReadOnlyList<int> Labels,
    IReadOnlyList<IReadOnlyList<double>> Boxes,
    IReadOnlyList<string> Words,
    double LeastScore,
    double Fineness)
{
    private const double UsualFineness = 0.001, MostFineness = 0.1;

    // Between words its users write full stops, as detectors with text prompts ask for.
    private static readonly char[] WordEnds = ['.', ';', '\n'];

    /// <summary>Reads a call.</summary>
    /// <exception cref="SegmentationProblemException">It is not one.</exception>
    public static XAnyLabelingRequest Read(JsonNode? body)
    {
        try
        {
            JsonNode? parameters = body?["params"];
            string image = (string?)body?["image"] ?? "";
            byte[] content = Convert.FromBase64String(image[(image.IndexOf(',', StringComparison.Ordinal) + 1)..]);
            var points = new List<IReadOnlyList<double>>();
            var labels = new List<int>();
            var boxes = new List<IReadOnlyList<double>>();
            foreach (JsonNode? mark in parameters?["marks"] as JsonArray ?? [])
            {
                double[] data = [.. mark!["data"]!.AsArray().Select(number => (double)number!)];
                if ((string?)mark["type"] == "point" && data.Length == 2)
                {
                    points.Add(data);
                    labels.Add((int?)mark["label"] ?? 1);
                }
                else if ((string?)mark["type"] == "rectangle" && data.Length == 4)
                {
                    boxes.Add(
                        [Math.Min(data[0], data[2]), Math.Min(data[1], data[3]), Math.Max(data[0], data[2]), Math.Max(
                            data[1], data[3])]);
                }
            }

            return new XAnyLabelingRequest(
                (string?)body?["model"] ?? "",
                new FetchedPicture("image", content),
                points,
                labels,
                boxes,
                ((string?)parameters?["text_prompt"] ?? "")
                    .Split(WordEnds, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                (double?)parameters?["conf_threshold"] ?? 0,
                Math.Clamp((double?)parameters?["epsilon_factor"] ?? UsualFineness, 0, MostFineness));
        }
        catch (Exception failure) when (
            failure is InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
        {
            throw SegmentationProblem.InvalidRequest(
                "request", "it cannot be read", "Send model, image and params as X-AnyLabeling does", failure);
        }
    }
}
