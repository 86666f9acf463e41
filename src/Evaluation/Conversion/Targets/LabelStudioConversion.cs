using System.Globalization;
using System.Text.Json;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion.Targets;

/// <summary>
/// <c>label-studio.json</c>: a task for each picture with brush masks as predictions, and <c>label-config.xml</c> for
/// the project.
/// </summary>
internal sealed class LabelStudioConversion : IConversion
{
    /// <inheritdoc/>
    public string Name => "label-studio";

    /// <inheritdoc/>
    public IEnumerable<(string Path, byte[] Content)> Convert(ConversionSet set, ConversionNotes notes)
    {
        yield return (
            "label-studio.json",
            JsonSerializer.SerializeToUtf8Bytes(set.Results.Select(result => Task(set, result.Document))));
        string labels = string.Concat(set.Classes.Select(
            category => $"<Label value=\"{System.Security.SecurityElement.Escape(category.Name)}\"/>"));
        yield return ("label-config.xml", System.Text.Encoding.UTF8.GetBytes(
            $"<View><Image name=\"image\" value=\"$image\"/><BrushLabels name=\"tag\" "
                + $"toName=\"image\">{labels}</BrushLabels></View>\n"));
    }

    private static object Task(ConversionSet set, SegmentationResult result) => new
    {
        data = new { image = result.Image.Name },
        predictions = new[]
        {
            new
            {
                model_version = result.Request.Method,
                score = result.Segments.Count == 0 ? 0 : result.Segments.Average(segment => segment.Score),
                result = result.Segments.Select(segment => Region(set, result, segment)),
            },
        },
    };

    private static object Region(ConversionSet set, SegmentationResult result, ResultSegment segment) => new
    {
        id = segment.Id.ToString(CultureInfo.InvariantCulture),
        type = "brushlabels",
        from_name = "tag",
        to_name = "image",
        original_width = result.Image.Width,
        original_height = result.Image.Height,
        image_rotation = 0,
        score = segment.Score,
        value = new
        {
            format = "rle",
            rle = LabelStudioRle.Encode(segment.Segmentation.Decode().ToMask()).Select(value => (int)value),
            brushlabels = new[] { set.ClassOf(result, segment).Name },
        },
    };
}
