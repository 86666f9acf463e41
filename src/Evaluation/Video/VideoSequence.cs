namespace FrozenSeg.Evaluation.Video;

/// <summary>One sequence: annotated frames and their predictions.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Frames">The frames that count, in order.</param>
/// <param name="FirstFrame">The first annotated frame, whose labels are the objects.</param>
internal sealed record VideoSequence(string Name, IReadOnlyList<VideoFrame> Frames, string FirstFrame);
