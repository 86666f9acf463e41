using System.Text.Json.Nodes;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Serving.Interaction.Documents;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Cli.LabelStudio;

/// <summary>
/// Label Studio's machine learning backend: what somebody shows becomes a mask at once, a task alone is segmented with
/// the project's labels as words.
/// </summary>
/// <param name="service">The service.</param>
/// <param name="pictures">Fetches pictures.</param>
internal sealed class LabelStudioBackend(LocalService service, LabelStudioPictures pictures)
{
    private const string Fallback = "object";

    /// <summary>Version of the model as Label Studio lists predictions by.</summary>
    public static string ModelVersion =>
        $"frozenseg-{typeof(LabelStudioBackend).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>Predictions for tasks, one each.</summary>
    /// <param name="body"><c>tasks</c>, <c>label_config</c>, and <c>params.context</c> of an interactive call.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="SegmentationProblemException">The call cannot be answered.</exception>
    public async Task<JsonObject> PredictAsync(JsonNode? body, CancellationToken cancellation)
    {
        LabelConfig config = LabelConfig.Read(Text(body?["label_config"]));
        if (body?["tasks"] is not JsonArray tasks)
            throw SegmentationProblem.InvalidRequest("tasks", "there are none", "Send tasks as Label Studio does");
        var results = new JsonArray();
        foreach (JsonNode? task in tasks)
        {
            FetchedPicture picture = await pictures.FetchAsync(
                Text((task?["data"] as JsonObject)?[config.ImageField]), cancellation);
            results.Add(body["params"]?["context"] is JsonObject { Count: > 0 } context
                ? await AnswerAsync(config, picture, context, cancellation)
                : await SegmentAsync(config, picture, cancellation));
        }

        return new JsonObject { ["results"] = results, ["model_version"] = ModelVersion };
    }

    private async Task<JsonObject> AnswerAsync(
        LabelConfig config, FetchedPicture picture, JsonObject context, CancellationToken cancellation)
    {
        EmbeddingDocument embedding = await service.Interaction.EmbedAsync(picture, cancellation);
        if (LabelStudioPrompt.Read(context, embedding.Width, embedding.Height) is not LabelStudioPrompt prompt)
            return Prediction([], 0);
        PredictionDocument answer = await service.Interaction.PredictAsync(
            new PredictionRequest
            {
                Image = embedding.Image,
                Points = prompt.Points.Count > 0 ? prompt.Points : null,
                Labels = prompt.Points.Count > 0 ? prompt.Labels : null,
                Boxes = prompt.Box is null ? null : [prompt.Box],
            },
            cancellation);
        PredictionMask mask = answer.Masks[0];
        string label = prompt.Label ?? FirstOf(config);
        return Prediction(
            [.. new LabelStudioRegion(config).Of(answer.Id[^8..], mask.Segmentation.Decode(), label, mask.Score)],
            mask.Score);
    }

    private async Task<JsonObject> SegmentAsync(
        LabelConfig config, FetchedPicture picture, CancellationToken cancellation)
    {
        var request = new SegmentationRequest
        {
            Prompts = config.Labels.Count > 0 ? [.. config.Labels.Select(SegmentationPrompt.Parse)] : null,
        };
        (string id, SegmentationResult result) = await ServedSegmentation.RunAsync(
            service, request, picture, cancellation);
        var regions = new LabelStudioRegion(config);
        return Prediction(
            [
                .. result.Segments.Where(segment => segment.Area > 0).SelectMany(segment => regions.Of(
                    $"{id[^6..]}-{segment.Id}",
                    segment.Segmentation.Decode(),
                    LabelOf(config, segment),
                    segment.Score)),
            ],
            result.Segments.Count == 0 ? 0 : result.Segments.Average(segment => segment.Score));
    }

    // A prompt's first name is what the result says; the project's label may be written another way.
    private static string LabelOf(LabelConfig config, ResultSegment segment) =>
        config.Labels.FirstOrDefault(label => SegmentationPrompt.Parse(label).Text == segment.Label)
            ?? (segment.Label.Length > 0 ? segment.Label : FirstOf(config));

    private static string FirstOf(LabelConfig config) => config.Labels is [string first, ..] ? first : Fallback;

    private static JsonObject Prediction(IReadOnlyList<JsonObject> regions, double score) => new()
    {
        ["model_version"] = ModelVersion,
        ["score"] = Math.Round(score, 4),
        ["result"] = new JsonArray([.. regions]),
    };

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
