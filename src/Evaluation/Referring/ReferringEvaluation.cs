using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Referring;

/// <summary>
/// Referring expressions: IoU by expression and over all pixels, precision at five thresholds, and GRES's figures.
/// </summary>
internal static class ReferringEvaluation
{
    /// <summary>Measures answers.</summary>
    /// <param name="truthPath">References as JSON or RefCOCO's pickle, or the folder they lie in.</param>
    /// <param name="predictionPath">A JSON list of <c>sent_id</c> or <c>ref_id</c> with <c>segmentation</c> (null for
    /// "nothing is meant"); or a <c>result.json</c>, or a folder of such results.</param>
    /// <param name="split">Only references of this split; null for all.</param>
    /// <param name="options">How to run.</param>
    /// <exception cref="SegmentationProblemException">Anything is wrong with the input; carries all of it.</exception>
    public static EvaluationReport Run(
        string truthPath, string predictionPath, string? split, EvaluationOptions options)
    {
        var problems = new ProblemLog();
        IReadOnlyList<ReferringItem> items =
            [.. problems.Attempt(() => ReferringSet.Read(truthPath, split, problems), predictionPath).Where(
                item => options.Includes(item.Image.Name))];
        IReadOnlyList<ReferringPair> pairs = problems.Attempt(
            () => ReferringAnswers.Pair(items, predictionPath, problems));
        problems.ThrowIfAny();

        var empty = new EmptyAnnotations();
        var overlaps = new List<ReferringOverlap>(pairs.Count);
        var scores = new List<PictureScore>(pairs.Count);
        OrderedWork.Run(pairs, options, problems, pair => Compare(pair, predictionPath, empty), (pair, overlap) =>
        {
            overlaps.Add(overlap);
            scores.Add(new PictureScore($"{pair.Item.Image.Name}: {pair.Text}", overlap.GeneralisedIoU)
            {
                Look = () => Look(pair, predictionPath),
            });
        });
        problems.ThrowIfAny();
        return ReferringReport.Of(overlaps, scores) with { Warnings = empty.Warnings("they count as not found") };
    }

    private static ReferringOverlap Compare(ReferringPair pair, string source, EmptyAnnotations empty)
    {
        RunLengthEncoding? truth = Union(pair.Item.Targets, pair.Item.Image, $"ref {pair.Item.Id}");
        RunLengthEncoding? prediction = pair.Answer is null
            ? null
            : Union([pair.Answer], pair.Item.Image, $"{source}, the answer to '{pair.Text}'");
        if (truth is { Area: 0 })
            empty.Add($"ref {pair.Item.Id}");
        int wanted = truth?.Area ?? 0, found = prediction?.Area ?? 0;
        int intersection = truth is null || prediction is null ? 0 : RunLengths.Intersection(truth, prediction);
        return new ReferringOverlap(truth is not null, wanted, found, intersection);
    }

    private static ComparedPicture Look(ReferringPair pair, string source)
    {
        RunLengthEncoding? truth = Union(pair.Item.Targets, pair.Item.Image, $"ref {pair.Item.Id}");
        RunLengthEncoding? prediction = pair.Answer is null ? null : Union([pair.Answer], pair.Item.Image, source);
        return new ComparedPicture(
            PictureNames.Of(pair.Item.Image.Name),
            truth is null ? [] : [new NamedMask(pair.Text, 0, truth)],
            prediction is null ? [] : [new NamedMask(pair.Text, 0, prediction)]);
    }

    private static RunLengthEncoding? Union(IReadOnlyList<CocoSegmentation> parts, CocoImage image, string place)
    {
        try
        {
            RunLengthEncoding? union = null;
            foreach (CocoSegmentation part in parts)
            {
                RunLengthEncoding mask = part.ToMask(image.Height, image.Width);
                union = union is null ? mask : RunLengths.Union(union, mask);
            }

            return union;
        }
        catch (FormatException failure)
        {
            throw SegmentationProblem.InvalidRequest(place, failure.Message, "Write the mask again", failure);
        }
    }
}
