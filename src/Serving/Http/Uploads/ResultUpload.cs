using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Uploads;

/// <summary>A result that a caller sends: one of ours, perhaps changed by hand.</summary>
internal static class ResultUpload
{
    /// <summary>Reads and checks a result. It names no files, and its picture's name leads nowhere.</summary>
    /// <exception cref="SegmentationProblemException">It is not a valid result, or its masks do not fit its
    /// picture.</exception>
    public static async Task<SegmentationResult> ReadAsync(
        HttpRequest request, int maxBytes, ImageLimits limits, CancellationToken cancellation)
    {
        SegmentationResult result = await JsonBody.ReadAsync(
            request, maxBytes, ResultJsonContext.Documents.SegmentationResult, cancellation);
        if (result is { Image: null } or { Segments: null } or { Vocabulary: null } or { Request: null })
            throw SegmentationProblem.InvalidRequest(
                "result", "it lacks image, request, vocabulary or segments", "Send a result.json");
        limits.CheckSize(result.Image.Width, result.Image.Height, "image");
        foreach (ResultSegment segment in result.Segments)
            Check(segment, result);
        return result with
        {
            Image = result.Image with { Name = FileName(result.Image.Name) },
            Files = new ResultFiles(null, null, null, null),
        };
    }

    private static void Check(ResultSegment? segment, SegmentationResult result)
    {
        if (segment is null or { Segmentation: null } or { Bbox: null } or { Label: null })
            throw SegmentationProblem.InvalidRequest(
                "segments", "a segment lacks its mask, box or label", "Send a result.json");
        if (segment.Segmentation.Size is not [int height, int width]
            || height != result.Image.Height
            || width != result.Image.Width)
            throw SegmentationProblem.InvalidRequest(
                $"segment {segment.Id}", "its mask is not as large as the picture", "Send a result.json");
        if (segment.Category is int category && (category < 0 || category >= result.Vocabulary.Count))
            throw SegmentationProblem.InvalidRequest(
                $"segment {segment.Id}", $"there is no category {category}", "Use an index of the vocabulary");
        try
        {
            if (segment.Segmentation.Decode().Area != segment.Area)
                throw SegmentationProblem.InvalidRequest(
                    $"segment {segment.Id}", "its area is not that of its mask", "Send a result.json");
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException)
        {
            throw SegmentationProblem.InvalidRequest(
                $"segment {segment.Id}", "its mask is damaged", "Send a result.json", failure);
        }
    }

    private static string FileName(string? name)
    {
        string last = new([.. (name ?? "").Split('/', '\\')[^1].Where(letter => !char.IsControl(letter)).Take(200)]);
        return last.Trim('.', ' ').Length == 0 ? "picture.png" : last;
    }
}
