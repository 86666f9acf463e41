using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Labels;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Evaluation.Semantic;

/// <summary>
/// Mean IoU and its relatives as detectron2 defines them: over one confusion matrix of all pictures; classes that are
/// not annotated anywhere are left out of the means.
/// </summary>
internal static class SemanticEvaluation
{
    /// <summary>Measures predictions.</summary>
    /// <param name="truthPath">Folder of annotated PNGs or TIFFs.</param>
    /// <param name="predictionPath">Folder of predicted PNGs of the same names; or a <c>result.json</c>, or a folder of
    /// such results.</param>
    /// <param name="labels">What the pixels mean.</param>
    /// <param name="options">How to run.</param>
    /// <exception cref="Shared.Problems.SegmentationProblemException">Anything is wrong with the input; carries all of
    /// it.</exception>
    public static EvaluationReport Run(
        string truthPath, string predictionPath, SemanticOptions labels, EvaluationOptions options)
    {
        var problems = new ProblemLog();
        Dictionary<string, SemanticPicture> truth = SemanticFolder.Read(truthPath, labels.TruthLabels, problems)
            .Where(picture => options.Includes(picture.Key)).ToDictionary();
        Dictionary<string, SemanticPicture> prediction = ResultSet.IsAt(predictionPath)
            ? SemanticFolder.FromResults(predictionPath, labels.Classes, problems)
            : SemanticFolder.Read(predictionPath, labels.PredictionLabels, problems);
        var pairs = SemanticChecks.Pair(truth, prediction, predictionPath, options.Threads, problems);
        problems.ThrowIfAny();

        var total = new ConfusionMatrix();
        var presence = default(ClassPresence);
        int[] asked = [.. (labels.Classes ?? []).Select(category => category.Id).Where(
            id => id != labels.Background && !labels.Ignored.Contains(id))];
        var scores = new List<PictureScore>(pairs.Count);
        OrderedWork.Run(
            pairs, options, problems, pair => Count(pair.Truth, pair.Prediction, labels, problems), (pair, matrix) =>
        {
            total.Add(matrix);
            IReadOnlyDictionary<int, ClassPixels> classes = matrix.Classes();
            presence += ClassPresence.Of(classes, asked);
            double[] present = [.. classes.Values.Where(pixels => pixels.Annotated > 0).Select(pixels => pixels.IoU)];
            scores.Add(new PictureScore(pair.Truth.Key, present.Length == 0 ? 1 : present.Average())
            {
                Look = () => SemanticLook.Of(pair.Truth, pair.Prediction, labels),
            });
        });
        problems.ThrowIfAny();
        return SemanticReport.Of(total, presence, labels, scores);
    }

    private static ConfusionMatrix Count(
        SemanticPicture truth, SemanticPicture prediction, SemanticOptions labels, ProblemLog problems)
    {
        using RentedRaster annotatedMap = LabelPictures.Rent(truth.Path),
            predictedMap = LabelPictures.Rent(prediction.Path);
        Raster annotated = annotatedMap.Raster, predicted = predictedMap.Raster;
        var matrix = new ConfusionMatrix();
        foreach (((int first, int second), int pixels) in LabelPairs.Count(annotated, predicted))
        {
            int wanted = truth.ClassOf(first, SemanticPicture.LargestSample(annotated)),
                found = prediction.ClassOf(second, SemanticPicture.LargestSample(predicted));
            if (wanted != SemanticPicture.Void && !labels.Ignored.Contains(wanted))
                matrix.Add(wanted, labels.Ignored.Contains(found) ? SemanticPicture.Void : found, pixels);
        }

        if (labels.Classes is { Count: > 0 } classes
            && matrix.LargestClass() is int largest
            && largest > classes.Max(category => category.Id))
        {
            problems.Add(
                $"{truth.Path} and {prediction.Path}",
                $"the label {largest} is none of the {classes.Count} classes",
                "Name it with --ignore, or give the classes it belongs to");
        }

        return matrix;
    }
}
