using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs;

/// <summary>What is said of a picture that cannot be decoded.</summary>
internal static class DecodingProblems
{
    private const string Formats = "PNG, JPEG, WebP, BMP, GIF, TIFF, PBM or TGA";

    public static SegmentationProblemException Damaged(
        string name, string reason, Exception? cause = null, string remedy = $"Give an intact {Formats}") =>
        SegmentationProblem.InvalidImage(
            name,
            $"the picture is damaged or cut short ({reason.ReplaceLineEndings(" ").Trim().TrimEnd('.')})",
            remedy,
            cause);

    public static SegmentationProblemException NotAPicture(
        string name, string found = "not a picture of a known format by its first bytes") =>
        SegmentationProblem.InvalidImage(name, found, $"Give an intact {Formats}");

    public static SegmentationProblemException OtherFormat(string name, string format) =>
        SegmentationProblem.InvalidImage(
            name, $"the picture is a {format} file, which is not read", "Save it as a JPEG or PNG");

    public static SegmentationProblemException Unsupported(string name, Exception cause) =>
        SegmentationProblem.InvalidImage(
            name,
            $"the picture is of a kind that is not read ({cause.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.')})",
            "Save it as a JPEG or PNG",
            cause);
}
