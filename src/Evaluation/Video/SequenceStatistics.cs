namespace FrozenSeg.Evaluation.Video;

/// <summary>
/// Mean, recall and decay of a measure over the frames of an object (Perazzi et al. 2016, section 4.2).
/// </summary>
/// <param name="Mean">Over all frames.</param>
/// <param name="Recall">Share of frames above one half.</param>
/// <param name="Decay">Mean of the first quarter less mean of the last: how much is lost over time.</param>
internal readonly record struct SequenceStatistics(double Mean, double Recall, double Decay)
{
    private const int Quarters = 4;

    /// <summary>The statistics of frames in order.</summary>
    public static SequenceStatistics Of(IReadOnlyList<double> frames)
    {
        if (frames.Count == 0)
            return new SequenceStatistics(double.NaN, double.NaN, double.NaN);
        return new SequenceStatistics(
            frames.Average(),
            frames.Average(value => value > 0.5 ? 1 : 0),
            Quarter(frames, 0) - Quarter(frames, Quarters - 1));
    }

    // Neighbouring quarters share the frame they meet at, as in the DAVIS tool; halves are rounded up.
    private static double Quarter(IReadOnlyList<double> frames, int quarter)
    {
        int first = Edge(frames.Count, quarter), last = Edge(frames.Count, quarter + 1);
        return frames.Skip(first).Take(last - first + 1).Average();
    }

    private static int Edge(int count, int quarter) =>
        (int)Math.Round(1 + ((count - 1) * (double)quarter / Quarters) + 1e-10) - 1;
}
