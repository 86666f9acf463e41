using FrozenSeg.Evaluation.Formats.Labels;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Video;

/// <summary>A frame for people to look at.</summary>
internal static class VideoLook
{
    /// <summary>The objects of a frame.</summary>
    public static ComparedPicture At(VideoSequence sequence, VideoFrame frame) =>
        new($"{sequence.Name}/{frame.Name}", Masks(frame.Truth), Masks(frame.Prediction));

    private static List<NamedMask> Masks(string path)
    {
        LabelMap map = LabelPictures.Map(LabelPictures.Read(path));
        return [.. map.Labels.ToArray().Distinct().Where(id => id is > 0 and not ObjectMasks.VoidId).Order()
            .Select(id => new NamedMask($"object {id}", id, RunLengthEncoding.FromMask(map.MaskOf(id))))];
    }
}
