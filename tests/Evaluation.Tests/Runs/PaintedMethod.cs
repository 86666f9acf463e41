using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Tests.Runs;

/// <summary>
/// A method that is always right about a <see cref="PaintedDataset"/>; expressions are positions of classes.
/// </summary>
internal sealed class PaintedMethod(IReadOnlyDictionary<string, string> settings) : ISegmentationMethod
{
    private const int Void = 255;

    /// <summary>Everything that was asked.</summary>
    public List<SegmentationOrder> Orders { get; } = [];

    /// <summary>What it was made with.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; } = settings;

    public string Name => "painted";

    public SegmentationOutcome Segment(
        PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation)
    {
        Orders.Add(order);
        LabelMap classes = Map(image, channel: 0), parts = Map(image, channel: 1);
        var segments = new List<ResultSegment>();
        if (order.Tasks.Contains(SegmentationTask.Referring))
        {
            foreach ((string text, int i) in order.Vocabulary!.Categories.Select((category, i) => (category.Name, i)))
                segments.Add(Segment(segments.Count + 1, classes.MaskOf(int.Parse(text)), i, text, isThing: true));
        }
        else
        {
            bool both = order.Tasks.Contains(SegmentationTask.Panoptic)
                && order.Tasks.Contains(SegmentationTask.Instance);
            foreach (int part in Enumerable.Range(0, 3).Concat(both ? Enumerable.Range(0, 3) : []))
            {
                BinaryMask mask = parts.MaskOf(part);
                int label = classes.Labels[mask.Pixels.IndexOf((byte)1)];
                if (label != Void)
                    segments.Add(Segment(
                        segments.Count + 1,
                        mask,
                        label,
                        order.Vocabulary![label].Name,
                        order.Vocabulary[label].Kind is Shared.Vocabularies.CategoryKind.Thing));
            }
        }

        return new SegmentationOutcome
        {
            Segments = segments,
            Models = [new ModelStamp("painted", "paint", new string('0', 64))],
            Settings = Settings,
            Timings = [new StageTiming("look", 0.5)],
            Panoptic = order.Tasks.Contains(SegmentationTask.Panoptic) ? Painted(segments.Take(3), image) : null,
            Semantic = order.Tasks.Contains(SegmentationTask.Semantic)
                ? new LabelMap(image.Height, image.Width, Array.ConvertAll(
                    classes.Labels.ToArray(), label => label == Void ? SegmentationOutcome.VoidIndex : label))
                : null,
        };
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    private static LabelMap Painted(IEnumerable<ResultSegment> segments, PixelImage image)
    {
        var map = new LabelMap(image.Height, image.Width);
        foreach (ResultSegment segment in segments)
        {
            ReadOnlySpan<byte> mask = segment.Segmentation.Decode().ToMask().Pixels;
            for (int at = 0; at < mask.Length; at++)
                map.Labels[at] = mask[at] == 1 ? segment.Id : map.Labels[at];
        }

        return map;
    }

    private static ResultSegment Segment(int id, BinaryMask mask, int category, string label, bool isThing) =>
        ResultSegment.Of(
            id, RunLengthEncoding.FromMask(mask), category, label, null, 0.9, isThing, SegmentSource.Proposal);

    private static LabelMap Map(PixelImage image, int channel)
    {
        var map = new LabelMap(image.Height, image.Width);
        for (int at = 0; at < map.Labels.Length; at++)
            map.Labels[at] = image.Pixels[(3 * at) + channel];
        return map;
    }
}
