using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Reports;

namespace FrozenSeg.Evaluation.Video;

/// <summary>
/// Region similarity J, boundary accuracy F and their mean, as the DAVIS 2017 tool computes them: per object and frame,
/// averaged over the frames of an object, then over the objects of all sequences.
/// </summary>
internal static class VideoEvaluation
{
    /// <summary>Measures predictions.</summary>
    /// <param name="truthPath">A folder of annotated frames, of sequences, or a DAVIS root.</param>
    /// <param name="predictionPath">A folder of the same form: frames, or sequences.</param>
    /// <param name="rules">Which frames count.</param>
    /// <param name="options">How to run; <see cref="EvaluationOptions.Only"/> holds sequences.</param>
    /// <exception cref="Shared.Problems.SegmentationProblemException">Anything is wrong with the input; carries all of
    /// it.</exception>
    public static EvaluationReport Run(
        string truthPath, string predictionPath, VideoOptions rules, EvaluationOptions options)
    {
        var problems = new ProblemLog();
        IReadOnlyList<VideoSequence> sequences = VideoFolder.Read(
            truthPath, predictionPath, rules, options.Only, problems);
        Dictionary<string, int> objects = sequences.ToDictionary(
            sequence => sequence.Name, sequence => ObjectMasks.ReadTruth(sequence.FirstFrame, 0).LargestId);
        foreach (VideoSequence empty in sequences.Where(sequence => objects[sequence.Name] == 0))
            problems.Add(
                empty.FirstFrame,
                "the first frame of the sequence shows no object",
                "Annotate the objects in the first frame");
        problems.ThrowIfAny();

        Dictionary<string, SequenceTracks> tracks = sequences.ToDictionary(
            sequence => sequence.Name, sequence => new SequenceTracks(objects[sequence.Name], rules.MatchObjects));
        (VideoSequence Sequence, VideoFrame Frame)[] frames =
            [.. sequences.SelectMany(sequence => sequence.Frames.Select(frame => (sequence, frame)))];
        var comparison = new FrameComparison(rules, problems);
        OrderedWork.Run(
            frames,
            options,
            problems,
            item => comparison.Compare(item.Frame, objects[item.Sequence.Name]),
            (item, scores) => tracks[item.Sequence.Name].Add(scores));
        problems.ThrowIfAny();
        Dictionary<string, ObjectTrack[]> found = tracks.ToDictionary(
            entry => entry.Key, entry => entry.Value.Objects());
        return VideoReport.Of(
            found, [.. sequences.SelectMany(sequence => Scores(sequence, found[sequence.Name]))], rules);
    }

    private static IEnumerable<PictureScore> Scores(VideoSequence sequence, ObjectTrack[] objects) =>
        sequence.Frames.Select((frame, i) => new PictureScore(
            $"{sequence.Name}/{frame.Name}", objects.Average(track => (track.Regions[i] + track.Boundaries[i]) / 2))
        {
            Look = () => VideoLook.At(sequence, frame),
        });
}
