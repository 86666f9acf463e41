using FrozenSeg.Pipeline.Evaluation.Formats;
using FrozenSeg.Pipeline.Evaluation.Reports;

namespace FrozenSeg.Pipeline.Evaluation.Video;

/// <summary>
/// Region similarity J, boundary accuracy F and their mean, as the DAVIS 2017 tool computes them for its semi-supervised task:
/// per object and frame, averaged over the frames of an object, then over the objects of all sequences.
/// </summary>
public static class VideoEvaluation
{
    /// <summary>Measures predictions.</summary>
    /// <param name="truthPath">A folder of annotated frames, of sequences, or a DAVIS root.</param>
    /// <param name="predictionPath">A folder of the same form: frames, or sequences.</param>
    /// <param name="rules">Which frames count.</param>
    /// <param name="options">How to run.</param>
    /// <exception cref="Shared.Problems.SegmentationProblemException">Anything is wrong with the input; carries all of it.</exception>
    public static Reports.Evaluation Run(string truthPath, string predictionPath, VideoOptions rules, EvaluationOptions options)
    {
        var problems = new ProblemLog();
        IReadOnlyList<VideoSequence> sequences = VideoFolder.Read(truthPath, predictionPath, rules.SkipEnds, problems);
        Dictionary<string, int> objects = sequences.ToDictionary(sequence => sequence.Name, sequence => ObjectMasks.Read(sequence.FirstFrame, 0).LargestId);
        foreach (VideoSequence empty in sequences.Where(sequence => objects[sequence.Name] == 0))
            problems.Add(empty.FirstFrame, "the first frame of the sequence shows no object", "Annotate the objects in the first frame");
        problems.ThrowIfAny();

        var values = sequences.ToDictionary(
            sequence => sequence.Name, sequence => Enumerable.Range(0, objects[sequence.Name]).Select(_ => new ObjectTrack()).ToArray());
        (VideoSequence Sequence, VideoFrame Frame)[] frames =
            [.. sequences.SelectMany(sequence => sequence.Frames.Select(frame => (sequence, frame)))];
        var scores = new List<PictureScore>(frames.Length);
        OrderedWork.Run(frames, options, problems, item => Compare(item.Frame, objects[item.Sequence.Name], rules, problems), (item, found) =>
        {
            for (int i = 0; i < found.Length; i++)
                values[item.Sequence.Name][i].Add(found[i].J, found[i].F);
            scores.Add(new PictureScore($"{item.Sequence.Name}/{item.Frame.Name}", found.Average(value => (value.J + value.F) / 2)));
        });
        problems.ThrowIfAny();
        return VideoReport.Of(values, scores, rules);
    }

    private static (double J, double F)[] Compare(VideoFrame frame, int objects, VideoOptions rules, ProblemLog problems)
    {
        ObjectMasks truth = ObjectMasks.Read(frame.Truth, objects), prediction = ObjectMasks.Read(frame.Prediction, objects);
        if (prediction.LargestId > objects)
        {
            problems.Add(
                frame.Prediction, $"it has object {prediction.LargestId}, and the sequence has {objects} objects", "Number objects as in the first annotated frame");
        }

        return [.. truth.Masks.Zip(prediction.Masks, (annotated, predicted) => (Jaccard(annotated, predicted), F(annotated, predicted, rules)))];
    }

    private static double Jaccard(BitRows truth, BitRows prediction)
    {
        (long intersection, long union) = truth.Overlap(prediction);
        return union == 0 ? 1 : (double)intersection / union;
    }

    private static double F(BitRows truth, BitRows prediction, VideoOptions rules)
    {
        double diagonal = Math.Sqrt(((double)truth.Height * truth.Height) + ((double)truth.Width * truth.Width));
        return Boundary.FMeasure(Boundary.Of(truth), Boundary.Of(prediction), (int)Math.Ceiling(rules.BoundaryShare * diagonal));
    }
}
