using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Labels;

namespace FrozenSeg.Evaluation.Semantic;

/// <summary>Finds what is wrong with two folders of semantic pictures before a pixel is read.</summary>
internal static class SemanticChecks
{
    /// <summary>Pairs the pictures by name and checks their headers.</summary>
    public static IReadOnlyList<(SemanticPicture Truth, SemanticPicture Prediction)> Pair(
        Dictionary<string, SemanticPicture> truth,
        Dictionary<string, SemanticPicture> prediction,
        string predictionPath,
        int threads,
        ProblemLog problems)
    {
        var pairs = new List<(SemanticPicture, SemanticPicture)>();
        foreach ((string key, SemanticPicture annotated) in truth)
        {
            if (prediction.TryGetValue(key, out SemanticPicture? predicted))
                pairs.Add((annotated, predicted));
            else
                problems.Add(
                    $"{predictionPath}, picture {key}", $"there is no prediction for {annotated.Path}", "Predict it");
        }

        foreach ((string key, SemanticPicture extra) in prediction.Where(pair => !truth.ContainsKey(pair.Key)))
            problems.Add(extra.Path, $"the picture '{key}' is not among the annotations", "Take it out");
        Parallel.ForEach(pairs, new ParallelOptions
        {
            MaxDegreeOfParallelism = threads,
        }, pair => CheckHeaders(pair.Item1, pair.Item2, problems));
        return pairs;
    }

    private static void CheckHeaders(SemanticPicture annotated, SemanticPicture predicted, ProblemLog problems)
    {
        RasterFacts? truth = Check(annotated, problems), prediction = Check(predicted, problems);
        if (truth is not null
            && prediction is not null
            && (truth.Width, truth.Height) != (prediction.Width, prediction.Height))
        {
            problems.Add(
                predicted.Path,
                $"it has {prediction.Width}×{prediction.Height} pixels, and {annotated.Path} "
                    + $"{truth.Width}×{truth.Height}",
                "Predict at the size of the annotation");
        }
    }

    private static RasterFacts? Check(SemanticPicture picture, ProblemLog problems)
    {
        RasterFacts? facts = LabelPictures.Facts(picture.Path, problems);
        if (facts is null)
            return null;
        if (!facts.IsSingleChannel && !(picture.Scheme is LabelScheme.Voc && facts.IsRgb))
            problems.Add(
                picture.Path,
                $"a semantic map has one channel, and this picture is {facts.Kind}",
                "Save the class indices as grey or with a palette");
        facts.RefuseProfile(picture.Path, problems);
        return facts;
    }
}
