namespace FrozenSeg.Evaluation.Video;

/// <summary>How the objects of one frame agree.</summary>
/// <param name="Proposals">Numbers of the predicted objects that are compared, in order.</param>
/// <param name="Pairs">J and F of each annotated object with each predicted one of
/// <paramref name="Proposals"/>.</param>
/// <param name="Absent">J and F of each annotated object with nothing.</param>
/// <param name="LargestProposal">The largest number in the predicted frame; 0 where there is none.</param>
internal sealed record FrameScores(
    int[] Proposals,
    IReadOnlyList<(double J, double F)[]> Pairs,
    IReadOnlyList<(double J, double F)> Absent,
    int LargestProposal);
