using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;
using ModelContextProtocol.Protocol;

namespace FrozenSeg.Cli.Mcp;

/// <summary>What a tool gives: a line for the model, an overlay to look at, and the masks as data.</summary>
internal static class ToolAnswer
{
    // Models shrink what they are shown to about this size anyway.
    private const int LongestSide = 1024;

    /// <summary>The answer for segments of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="segments">What was found.</param>
    /// <param name="warnings">What the caller should know besides.</param>
    public static CallToolResult Of(
        Picture picture, IReadOnlyList<ResultSegment> segments, IReadOnlyList<string> warnings)
    {
        PixelImage painted = OverlayPainter.PaintLegibly(
            picture.Pixels,
            [.. segments.OrderByDescending(segment => segment.Area).Select((segment, i) => new OverlayMask(
                segment.Segmentation.Decode(),
                Palette.Colour(segment.IsThing ? i : segment.Category ?? i),
                segment.Label))]);
        return new CallToolResult
        {
            Content =
            [
                new TextContentBlock { Text = string.Join('\n', [Summary(picture, segments), .. warnings]) },
                ImageContentBlock.FromBytes(ImageCodec.EncodePng(Shrunk(painted)), "image/png"),
            ],
            StructuredContent = JsonSerializer.SerializeToElement(
                new ToolResult(
                    picture.Pixels.Width, picture.Pixels.Height, [.. segments.Select(ToolSegment.From)], warnings),
                McpJsonContext.Default.ToolResult),
        };
    }

    /// <summary>The answer for a call that went wrong, in words a model can act on.</summary>
    public static CallToolResult Of(SegmentationProblemException failure) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = failure.Message }],
    };

    private static string Summary(Picture picture, IReadOnlyList<ResultSegment> segments)
    {
        IEnumerable<string> labels = segments.Where(segment => segment.Label.Length > 0)
            .GroupBy(segment => segment.Label)
            .Select(label => label.Count() == 1 ? label.Key : $"{label.Key} ×{label.Count()}");
        return $"{segments.Count} segments in {picture.Pixels.Width}×{picture.Pixels.Height} pixels"
            + (labels.Any() ? $": {string.Join(", ", labels)}" : "");
    }

    private static PixelImage Shrunk(PixelImage image)
    {
        ResizeTransform size = ResizeTransform.LongestSide(image.Width, image.Height, LongestSide);
        return size.NewWidth >= image.Width
            ? image
            : ImageResizer.Resize(image, size.NewWidth, size.NewHeight, ResampleFilter.Bilinear);
    }
}
