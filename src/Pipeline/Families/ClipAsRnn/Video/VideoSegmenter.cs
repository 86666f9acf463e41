using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Video;

/// <summary>
/// Referring video segmentation: every frame on its own, as CaR does it (car.md 11). Written as one indexed PNG a
/// frame, named after it; a pixel's value is the number of its object, 0 for none.
/// </summary>
/// <param name="method">CLIP as RNN.</param>
internal sealed class VideoSegmenter(ISegmentationMethod method)
{
    /// <summary>The objects of one frame.</summary>
    /// <param name="image">The frame.</param>
    /// <param name="expressions">What to look for.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Numbers of objects; where masks overlap, that of the surer one.</returns>
    public LabelMap Segment(
        PixelImage image, IReadOnlyList<VideoExpression> expressions, CancellationToken cancellation)
    {
        // Two objects described by the same words cannot be told apart: the first gets them.
        expressions =
            [.. expressions.DistinctBy(expression => expression.Text.Trim(), StringComparer.OrdinalIgnoreCase)];
        var vocabulary = new Vocabulary(
            "expressions",
            [.. expressions.Select((expression, i) => new Category(i, [expression.Text], CategoryKind.Thing))]);
        SegmentationOutcome outcome = method.Segment(
            image, new SegmentationOrder(vocabulary, [SegmentationTask.Referring]), null, cancellation);
        var objects = new LabelMap(image.Height, image.Width);
        foreach (ResultSegment segment in outcome.Segments.OrderBy(segment => segment.Score))
        {
            ReadOnlySpan<byte> pixels = segment.Segmentation.Decode().ToMask().Pixels;
            for (int at = 0; at < pixels.Length; at++)
                objects.Labels[at] = pixels[at] != 0 ? expressions[segment.Category!.Value].Id : objects.Labels[at];
        }

        return objects;
    }

    /// <summary>Writes the objects of every frame of a video.</summary>
    /// <param name="clip">The video.</param>
    /// <param name="folder">Where the PNGs go, below the video's name.</param>
    /// <param name="progress">Told the share done, 0..1; null for nobody.</param>
    /// <param name="cancellation">Stops between frames and in them.</param>
    /// <returns>How many frames show at least one object.</returns>
    public int Write(VideoClip clip, string folder, IProgress<double>? progress, CancellationToken cancellation)
    {
        ImageReader reader = ImageReader.CreateDefault();
        int shown = 0;
        for (int i = 0; i < clip.Frames.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            LabelMap objects = Segment(reader.ReadFile(clip.Frames[i]), clip.Expressions, cancellation);
            string name = Path.ChangeExtension(Path.GetFileName(clip.Frames[i]), ".png");
            AtomicFile.Write(Path.Combine(folder, clip.Name, name), LabelMapPng.Write(objects));
            shown += objects.Labels.ContainsAnyExcept(0) ? 1 : 0;
            progress?.Report((i + 1.0) / clip.Frames.Count);
        }

        return shown;
    }
}
