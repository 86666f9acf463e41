using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Serving.Interaction.Documents;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Interaction;

/// <summary>A caller's points and boxes as prompts; everything that is wrong at once.</summary>
internal static class PromptReader
{
    /// <summary>Most boxes of one request.</summary>
    public const int MaxBoxes = 100;

    /// <summary>The prompts of a request: one for points, or one for each box.</summary>
    /// <exception cref="SegmentationProblemException">Carries everything that is wrong.</exception>
    public static IReadOnlyList<SamPrompt> Read(PredictionRequest request)
    {
        SegmentationProblem[] problems = [.. Problems(request)];
        if (problems.Length > 0)
            throw new SegmentationProblemException(problems);
        (double X, double Y, PromptLabel Label)[] points =
        [
            .. (request.Points ?? []).Select((point, i) => (
                point[0], point[1], request.Labels?[i] == 0 ? PromptLabel.Background : PromptLabel.Foreground)),
        ];
        return request.Boxes is { Count: > 0 } boxes
            ? [.. boxes.Select(box => new SamPrompt { Points = points, Box = Box(box) })]
            : [new SamPrompt { Points = points }];
    }

    /// <summary>A box of four numbers.</summary>
    public static BoxXyxy Box(IReadOnlyList<double> box) =>
        new((float)box[0], (float)box[1], (float)box[2], (float)box[3]);

    /// <summary>A mask that came as run lengths.</summary>
    /// <exception cref="SegmentationProblemException">It is damaged.</exception>
    public static RunLengthEncoding Mask(MaskRle mask, string where)
    {
        try
        {
            return mask is { Size: not null, Counts: not null }
                ? mask.Decode()
                : throw new FormatException("it lacks size or counts");
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or OverflowException)
        {
            throw SegmentationProblem.InvalidRequest(
                where,
                $"it is not a mask ({failure.Message})",
                "Give size as [height, width] and COCO's compressed counts",
                failure);
        }
    }

    private static IEnumerable<SegmentationProblem> Problems(PredictionRequest request)
    {
        if (request.Points?.Any(point => point is not { Count: 2 }) == true)
            yield return new("points", "a point does not have two numbers", "Give each as [x, y]");
        if (request.Boxes?.Any(box => box is not { Count: 4 }) == true)
            yield return new("boxes", "a box does not have four numbers", "Give each as [x0, y0, x1, y1]");
        if (request.Boxes?.Count > MaxBoxes)
            yield return new(
                "boxes", $"there are {request.Boxes.Count:N0}; {MaxBoxes} are allowed", "Ask several times");
        if (request.Points is { Count: > 0 } && request.Boxes is { Count: > 1 })
            yield return new("boxes", "points are given together with several boxes", "Give one box beside points");
        if (request.Labels is not null && request.Labels.Count != (request.Points?.Count ?? 0))
            yield return new(
                "labels",
                $"there are {request.Labels.Count} for {request.Points?.Count ?? 0} points",
                "Give one for each point");
        if (request.Labels?.Any(label => label is not (0 or 1)) == true)
            yield return new(
                "labels", "a label is neither 1 nor 0", "Use 1 for a point on the object, 0 for one that is not");
        if (request.Mask is not null && request.Refine is not null)
            yield return new("refine", "it is given together with mask", "Use one of them");
    }
}
