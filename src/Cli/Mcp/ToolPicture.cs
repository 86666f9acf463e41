using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Mcp;

/// <summary>
/// The picture of a tool call: a file, where the caller sits at this machine, or the bytes themselves.
/// </summary>
/// <param name="allowsFiles">Whether paths are opened.</param>
internal sealed class ToolPicture(bool allowsFiles)
{
    private const string DataPrefix = "data:", Base64Mark = ";base64,";

    private readonly ImageReader _reader = ImageReader.CreateDefault();

    /// <summary>Reads a picture.</summary>
    /// <param name="image">A path, <c>data:image/…;base64,…</c>, or base64 alone.</param>
    /// <exception cref="SegmentationProblemException">It is not a picture, or it is a path and none are
    /// opened.</exception>
    public Picture Read(string image)
    {
        if (Bytes(image) is byte[] content)
            return Picture.Read(_reader, content, "image");
        return allowsFiles ? _reader.ReadPicture(image) : throw SegmentationProblem.InvalidRequest(
            "image", "it is not a picture in base64", "Send data:image/png;base64,… with the picture itself");
    }

    private static byte[]? Bytes(string image)
    {
        string text = image;
        if (image.StartsWith(DataPrefix, StringComparison.OrdinalIgnoreCase))
        {
            int mark = image.IndexOf(Base64Mark, StringComparison.OrdinalIgnoreCase);
            text = mark < 0 ? "" : image[(mark + Base64Mark.Length)..];
        }
        else if (image.Length < 100)
        {
            // Too short for a picture; a path can look like base64.
            return null;
        }

        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
