namespace FrozenSeg.Evaluation.Instances;

/// <summary>How the detections of one class in one picture were matched, for one size range.</summary>
/// <param name="Scores">Scores, highest first.</param>
/// <param name="Matched">Thresholds × detections: whether it found an annotation.</param>
/// <param name="Ignored">Thresholds × detections: whether it counts for nothing.</param>
/// <param name="Counted">Annotations that are to be found.</param>
internal sealed record CategoryMatches(double[] Scores, bool[,] Matched, bool[,] Ignored, int Counted);
