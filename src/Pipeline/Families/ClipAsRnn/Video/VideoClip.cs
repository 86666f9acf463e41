namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Video;

/// <summary>A video as a folder of frames, and what to look for in it.</summary>
/// <param name="Name">Where its results go below the output folder; empty for the folder itself.</param>
/// <param name="Frames">Full paths, in order of time.</param>
/// <param name="Expressions">At least one.</param>
internal sealed record VideoClip(string Name, IReadOnlyList<string> Frames, IReadOnlyList<VideoExpression> Expressions);
