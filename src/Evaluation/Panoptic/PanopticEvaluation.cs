using System.Runtime.InteropServices;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Formats.Labels;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Panoptic;

/// <summary>Panoptic quality, by the rules and to the digits of panopticapi.</summary>
internal static class PanopticEvaluation
{
    /// <summary>Measures predictions.</summary>
    /// <param name="truthPath">COCO panoptic JSON; its PNGs lie in the folder beside it that has its name.</param>
    /// <param name="predictionPath">The same for the predictions; or a <c>result.json</c>, or a folder of such
    /// results.</param>
    /// <param name="classesPath">A list that says which classes were seen (<see cref="ClassesFile"/>); null for
    /// none.</param>
    /// <param name="options">How to run.</param>
    /// <exception cref="SegmentationProblemException">Anything is wrong with the input; carries all of it.</exception>
    public static EvaluationReport Run(
        string truthPath, string predictionPath, string? classesPath, EvaluationOptions options)
    {
        var problems = new ProblemLog();
        PanopticSet truth = problems.Attempt(
            () => PanopticSetReader.Read(truthPath, problems, options.TruthMaps), predictionPath);
        if (options.Only is not null)
            truth = truth with { Pictures = [.. truth.Pictures.Where(picture => options.Includes(picture.Path))] };
        PanopticSet prediction = problems.Attempt(() => ResultSet.IsAt(predictionPath)
            ? PanopticResults.Read(ResultSet.Read(predictionPath, problems, withMasks: false), truth, problems)
            : PanopticSetReader.Read(predictionPath, problems));
        IReadOnlyList<(PanopticPicture Truth, PanopticPicture Prediction)> pairs =
            PanopticChecks.Pair(truth, prediction, options.Threads, problems);
        problems.ThrowIfAny();

        var empty = new EmptyAnnotations();
        var totals = new Dictionary<int, PanopticCounts>();
        var scores = new List<PictureScore>(pairs.Count);
        OrderedWork.Run(
            pairs, options, problems, pair => Count(pair.Truth, pair.Prediction, problems, empty), (pair, counts) =>
        {
            foreach ((int category, PanopticCounts count) in counts)
                CollectionsMarshal.GetValueRefOrAddDefault(totals, category, out _) += count;
            scores.Add(new PictureScore(
                pair.Truth.Key, counts.Values.Aggregate(default(PanopticCounts), (sum, count) => sum + count).Quality)
            {
                Look = () => PanopticLook.Of(pair.Truth, pair.Prediction, truth.Classes),
            });
        });
        problems.ThrowIfAny();
        return PanopticReport.Of(ClassesFile.Annotate(truth.Classes, classesPath), totals, scores) with
        {
            Warnings = empty.Warnings("they count as missed"),
        };
    }

    private static Dictionary<int, PanopticCounts> Count(
        PanopticPicture truth, PanopticPicture prediction, ProblemLog problems, EmptyAnnotations empty)
    {
        PanopticOverlap overlap = Overlap(truth.Path, prediction.Path);
        PanopticAreas.Check(truth, overlap, problems, empty);
        Dictionary<int, int> areas = overlap.PredictionAreas();
        HashSet<int> listed = [.. prediction.Segments.Select(segment => segment.Id)];
        foreach (int id in areas.Keys.Where(id => id != 0 && !listed.Contains(id)).Order())
            problems.Add(prediction.Place, $"segment {id} is in the PNG and not in the JSON", "List it, or paint it 0");
        if (prediction.ListsOthers)
            return PanopticMatching.Match(
                truth.Segments, [.. prediction.Segments.Where(segment => areas.ContainsKey(segment.Id))], overlap);
        foreach (int id in listed.Where(id => !areas.ContainsKey(id)).Order())
            problems.Add(
                prediction.Place, $"segment {id} is in the JSON and not in the PNG", "Take it out of the list");
        return PanopticMatching.Match(truth.Segments, prediction.Segments, overlap);
    }

    private static PanopticOverlap Overlap(string truth, string prediction)
    {
        using RentedRaster annotated = LabelPictures.Rent(truth), predicted = LabelPictures.Rent(prediction);
        return new PanopticOverlap(annotated.Raster, predicted.Raster);
    }
}
