using FrozenSeg.Evaluation.Formats;

namespace FrozenSeg.Evaluation.Video;

/// <summary>Compares the objects of annotated and predicted frames.</summary>
/// <param name="rules">How.</param>
/// <param name="problems">Takes predictions with too many objects.</param>
internal sealed class FrameComparison(VideoOptions rules, ProblemLog problems)
{
    /// <summary>The scores of a frame: objects by number, or each with each where they are matched.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="objects">Number of annotated objects of the sequence.</param>
    public FrameScores Compare(VideoFrame frame, int objects)
    {
        int most = rules.MatchObjects ? rules.MostProposals : objects;
        ObjectMasks truth = ObjectMasks.ReadTruth(frame.Truth, objects, rules.MatchObjects);
        ObjectMasks prediction = ObjectMasks.ReadPrediction(frame.Prediction, most);
        if (prediction.LargestId > most)
        {
            string allowed = rules.MatchObjects
                ? $"{most} proposals are allowed"
                : $"the sequence has {objects} objects";
            problems.Add(
                frame.Prediction,
                $"it has object {prediction.LargestId}, and {allowed}",
                rules.MatchObjects ? "Keep the surest" : "Number objects as in the first annotated frame");
        }

        if (truth.Void is BitRows none)
        {
            foreach (BitRows mask in truth.Masks.Concat(prediction.Masks))
                mask.Remove(none);
        }

        return rules.MatchObjects ? EachWithEach(truth, prediction) : ByNumber(truth, prediction);
    }

    private FrameScores ByNumber(ObjectMasks truth, ObjectMasks prediction) =>
        new(
            [],
            [.. truth.Masks.Zip(
                prediction.Masks, (annotated, predicted) => new[]
                {
                    Score(OutlineOf(annotated), OutlineOf(predicted)),
                })],
            [],
            prediction.LargestId);

    private FrameScores EachWithEach(ObjectMasks truth, ObjectMasks prediction)
    {
        int[] present = [.. Enumerable.Range(1, prediction.Masks.Length).Where(
            id => prediction.Masks[id - 1].Words.ContainsAnyExcept(0UL))];
        MaskBoundary[] predicted = [.. present.Select(id => OutlineOf(prediction.Masks[id - 1]))];
        MaskBoundary[] annotated = [.. truth.Masks.Select(OutlineOf)];
        MaskBoundary nothing = OutlineOf(new BitRows(truth.Masks[0].Height, truth.Masks[0].Width));
        return new FrameScores(
            present,
            [.. annotated.Select(mask => Array.ConvertAll(predicted, other => Score(mask, other)))],
            [.. annotated.Select(mask => Score(mask, nothing))],
            prediction.LargestId);
    }

    private MaskBoundary OutlineOf(BitRows mask)
    {
        double diagonal = Math.Sqrt(((double)mask.Height * mask.Height) + ((double)mask.Width * mask.Width));
        return new MaskBoundary(mask, (int)Math.Ceiling(rules.BoundaryShare * diagonal));
    }

    private static (double J, double F) Score(MaskBoundary truth, MaskBoundary prediction)
    {
        (long intersection, long union) = truth.Mask.Overlap(prediction.Mask);
        return (union == 0 ? 1 : (double)intersection / union, MaskBoundary.FMeasure(truth, prediction));
    }
}
