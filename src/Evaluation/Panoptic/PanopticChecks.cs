using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Labels;

namespace FrozenSeg.Evaluation.Panoptic;

/// <summary>Finds what is wrong with a pair of panoptic sets before a pixel is read.</summary>
internal static class PanopticChecks
{
    /// <summary>Pairs the pictures by id, checks names, classes and headers.</summary>
    /// <returns>The pairs in the annotations' order.</returns>
    public static IReadOnlyList<(PanopticPicture Truth, PanopticPicture Prediction)> Pair(
        PanopticSet truth, PanopticSet prediction, int threads, ProblemLog problems)
    {
        if (truth.Classes.Count == 0)
            problems.Add(truth.Source, "it has no categories", "Give the annotations with their categories");
        HashSet<int> classes = [.. truth.Classes.Select(category => category.Id)];
        Dictionary<string, PanopticPicture> predictions = prediction.Pictures.ToDictionary(picture => picture.Key);
        var pairs = new List<(PanopticPicture, PanopticPicture)>();
        foreach (PanopticPicture annotated in truth.Pictures)
        {
            CheckClasses(annotated, classes, problems);
            if (predictions.Remove(annotated.Key, out PanopticPicture? predicted))
                pairs.Add((annotated, predicted));
            else
                problems.Add(
                    $"{prediction.Source}, image {annotated.Key}",
                    "there is no prediction for this picture",
                    "Predict it, an empty answer is one too");
        }

        foreach (PanopticPicture extra in predictions.Values)
            problems.Add(extra.Place, $"the picture is not among the annotations of {truth.Source}", "Take it out");
        foreach ((_, PanopticPicture predicted) in pairs)
            CheckClasses(predicted, classes, problems);
        Parallel.ForEach(pairs, new ParallelOptions
        {
            MaxDegreeOfParallelism = threads,
        }, pair => CheckHeaders(pair.Item1, pair.Item2, problems));
        return pairs;
    }

    private static void CheckClasses(PanopticPicture picture, HashSet<int> classes, ProblemLog problems)
    {
        foreach (SegmentLabel segment in picture.Segments.Where(segment => !classes.Contains(segment.Category)))
            problems.Add(
                picture.Place,
                $"segment {segment.Id} has the unknown category {segment.Category}",
                "Use a category of the annotations");
    }

    private static void CheckHeaders(PanopticPicture annotated, PanopticPicture predicted, ProblemLog problems)
    {
        RasterFacts? truth = Check(annotated, problems), prediction = Check(predicted, problems);
        if (truth is not null
            && prediction is not null
            && (truth.Width, truth.Height) != (prediction.Width, prediction.Height))
        {
            problems.Add(
                $"{predicted.Path}, image {predicted.Key}",
                $"it has {prediction.Width}×{prediction.Height} pixels, and the annotation "
                    + $"{truth.Width}×{truth.Height}",
                "Predict at the size of the annotation");
        }
    }

    private static RasterFacts? Check(PanopticPicture picture, ProblemLog problems)
    {
        RasterFacts? facts = LabelPictures.Facts(picture.Path, problems);
        if (facts is null)
            return null;
        if (!facts.IsRgb)
            problems.Add(
                $"{picture.Path}, image {picture.Key}",
                $"a panoptic map is 8-bit RGB, and this picture is {facts.Kind}",
                "Save the ids as red, green and blue");
        facts.RefuseProfile($"{picture.Path}, image {picture.Key}", problems);
        return facts;
    }
}
