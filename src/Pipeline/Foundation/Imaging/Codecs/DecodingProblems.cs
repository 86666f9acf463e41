using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs;

/// <summary>What every codec says of a picture it cannot decode.</summary>
internal static class DecodingProblems
{
    public static SegmentationProblemException Damaged(string name, string reason, Exception? cause = null, string remedy = "Give an intact PNG, JPEG or WebP") =>
        new SegmentationProblem(
            ProblemKind.InvalidImage,
            name,
            $"the picture is damaged or cut short ({reason.ReplaceLineEndings(" ").Trim()})",
            remedy).ToException(cause);
}
