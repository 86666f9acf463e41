namespace FrozenSeg.Evaluation.Video;

/// <summary>One frame of a sequence.</summary>
/// <param name="Name">Its file name without ending.</param>
/// <param name="Truth">PNG of object ids; 0 is background, 255 void.</param>
/// <param name="Prediction">The same, predicted; without void.</param>
internal sealed record VideoFrame(string Name, string Truth, string Prediction);
