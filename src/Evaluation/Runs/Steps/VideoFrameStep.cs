using FrozenSeg.Pipeline.Families.ClipAsRnn.Video;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Evaluation.Runs.Steps;

/// <summary>
/// Looks for the objects of a video in one frame; its answer is a PNG of object numbers, as <c>segment-video</c> writes
/// it.
/// </summary>
internal sealed class VideoFrameStep(VideoClip clip, string frame, string folder) : IRunStep
{
    /// <inheritdoc/>
    public bool IsDone => File.Exists(Target);

    private string Target => Path.Combine(folder, clip.Name, Path.ChangeExtension(Path.GetFileName(frame), ".png"));

    /// <inheritdoc/>
    public void Work(ImageReader reader, ISegmentationMethod method, CancellationToken cancellation) =>
        AtomicFile.Write(
            Target, LabelMapPng.Write(
                new VideoSegmenter(method).Segment(reader.ReadFile(frame), clip.Expressions, cancellation)));
}
