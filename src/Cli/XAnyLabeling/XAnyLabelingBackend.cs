using System.Text.Json.Nodes;
using FrozenSeg.Evaluation.Conversion.Outlines;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Serving.Interaction.Documents;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Cli.XAnyLabeling;

/// <summary>Answers X-AnyLabeling: marks to one outline, words or nothing to outlines of the whole picture.</summary>
/// <param name="service">The service.</param>
internal sealed class XAnyLabelingBackend(LocalService service)
{
    // The name it gives outlines that its user still has to name.
    private const string Unnamed = "AUTOLABEL_OBJECT";

    /// <summary>The shapes for a call.</summary>
    /// <exception cref="SegmentationProblemException">The call cannot be answered.</exception>
    public async Task<JsonObject> PredictAsync(JsonNode? body, CancellationToken cancellation)
    {
        XAnyLabelingRequest request = XAnyLabelingRequest.Read(body);
        return request.Model switch
        {
            XAnyLabelingModels.Points => await AnswerAsync(request, cancellation),
            XAnyLabelingModels.Words when request.Words.Count == 0 =>
                throw SegmentationProblem.InvalidRequest("text_prompt", "there are no words", "Say what to look for"),
            XAnyLabelingModels.Words or XAnyLabelingModels.Everything => await SegmentAsync(request, cancellation),
            _ => throw SegmentationProblem.InvalidRequest(
                "model", "there is no such model", $"Use one of {string.Join(", ", XAnyLabelingModels.Names)}"),
        };
    }

    private async Task<JsonObject> AnswerAsync(XAnyLabelingRequest request, CancellationToken cancellation)
    {
        if (request.Points.Count == 0 && request.Boxes.Count == 0)
            return Answer([], replace: false);
        EmbeddingDocument embedding = await service.Interaction.EmbedAsync(request.Picture, cancellation);
        PredictionDocument found = await service.Interaction.PredictAsync(
            new PredictionRequest
            {
                Image = embedding.Image,
                Points = request.Points.Count > 0 ? request.Points : null,
                Labels = request.Points.Count > 0 ? request.Labels : null,
                Boxes = request.Boxes.Count > 0 ? request.Boxes : null,
                Multimask = false,
            },
            cancellation);
        return Answer(
            found.Masks.SelectMany(
                (mask, i) => Shapes(mask.Segmentation.Decode(), Unnamed, mask.Score, i + 1, request.Fineness)),
            replace: false);
    }

    private async Task<JsonObject> SegmentAsync(XAnyLabelingRequest request, CancellationToken cancellation)
    {
        bool isWords = request.Model == XAnyLabelingModels.Words;
        var order = new SegmentationRequest
        {
            Prompts = isWords ? [.. request.Words.Select(SegmentationPrompt.Parse)] : null,
            Method = isWords ? null : AutomaskMethod.MethodName,
        };
        (_, SegmentationResult result) = await ServedSegmentation.RunAsync(
            service, order, request.Picture, cancellation);
        return Answer(
            result.Segments.Where(segment => segment.Area > 0 && segment.Score >= request.LeastScore)
                .SelectMany(segment => Shapes(
                    segment.Segmentation.Decode(),
                    segment.Label.Length > 0 ? segment.Label : Unnamed,
                    segment.Score,
                    segment.Id,
                    request.Fineness)),
            replace: null);
    }

    // One outline for each part of a mask, one group for all of them; holes are lost, as its polygons have none.
    private static IEnumerable<JsonObject> Shapes(
        RunLengthEncoding mask, string label, double score, int group, double fineness)
    {
        MaskPart[] parts = [.. MaskOutlines.Of(mask.ToMask()).Where(part => part.Exterior.Count >= 3)];
        foreach (MaskPart part in parts)
        {
            double length = part.Exterior.Zip(
                part.Exterior.Skip(1).Append(part.Exterior[0]),
                (a, b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y)).Sum();
            var ring = RingSimplifier.Simplify(part.Exterior, fineness * length);
            if (ring.Count < 3)
                continue;
            yield return new JsonObject
            {
                ["label"] = label,
                ["shape_type"] = "polygon",
                ["points"] = new JsonArray(
                    [.. ring.Append(ring[0]).Select(corner => new JsonArray((double)corner.X, (double)corner.Y))]),
                ["score"] = Math.Round(Math.Clamp(score, 0, 1), 4),
                ["group_id"] = parts.Length > 1 ? group : null,
            };
        }
    }

    private static JsonObject Answer(IEnumerable<JsonObject> shapes, bool? replace) => new()
    {
        ["shapes"] = new JsonArray([.. shapes]),
        ["description"] = "",
        ["replace"] = replace,
    };
}
