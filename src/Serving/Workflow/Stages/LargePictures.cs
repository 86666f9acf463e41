using FrozenSeg.Pipeline.Families.Fusion;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Large;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Workflow.Stages;

/// <summary>
/// Pictures above the limit that a service segments by tiles: TIFFs, whose rows can be read without decoding all.
/// </summary>
internal static class LargePictures
{
    /// <summary>Whether a picture is one.</summary>
    public static bool Takes(StageServices services, ReadOnlySpan<byte> content, ImageHeader header) =>
        services.Limits.AreBelow(header.Width, header.Height)
        && (long)header.Width * header.Height <= services.MaxTiledPixels
        && TiffRows.IsTiff(content);

    /// <summary>Why the methods that need each other's maps do not take one.</summary>
    public static SegmentationProblemException NotFused(string name) => SegmentationProblem.InvalidRequest(
        name,
        $"the picture is above the limit, and {SegmentFusion.MethodName} does not work by tiles",
        "Ask for one of its methods");
}
