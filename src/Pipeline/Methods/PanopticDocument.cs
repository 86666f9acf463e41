using System.Text.Json;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>COCO's panoptic JSON for one picture: what <c>panopticapi</c> reads beside the PNG.</summary>
internal static class PanopticDocument
{
    private const int ImageId = 1;

    /// <param name="result">The result.</param>
    /// <param name="map">The panoptic map; segments that are not in it, instances beside it, are left out.</param>
    public static byte[] Write(SegmentationResult result, LabelMap map)
    {
        HashSet<int> ids = [.. map.Labels];
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteImages(json, result);
            WriteAnnotations(json, result, ids);
            WriteCategories(json, result);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteImages(Utf8JsonWriter json, SegmentationResult result)
    {
        json.WriteStartArray("images");
        json.WriteStartObject();
        json.WriteNumber("id", ImageId);
        json.WriteString("file_name", result.Image.Name);
        json.WriteNumber("width", result.Image.Width);
        json.WriteNumber("height", result.Image.Height);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteAnnotations(Utf8JsonWriter json, SegmentationResult result, HashSet<int> ids)
    {
        json.WriteStartArray("annotations");
        json.WriteStartObject();
        json.WriteNumber("image_id", ImageId);
        json.WriteString("file_name", ResultFiles.Names.Panoptic);
        json.WriteStartArray("segments_info");
        foreach (ResultSegment segment in
            result.Segments.Where(segment => segment.Category is not null && ids.Contains(segment.Id)))
        {
            json.WriteStartObject();
            json.WriteNumber("id", segment.Id);
            json.WriteNumber("category_id", result.Vocabulary[segment.Category!.Value].Id);
            json.WriteNumber("area", segment.Area);
            json.WriteStartArray("bbox");
            foreach (int value in segment.Bbox)
                json.WriteNumberValue(value);
            json.WriteEndArray();
            json.WriteNumber("iscrowd", 0);
            json.WriteNumber("score", segment.Score);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteCategories(Utf8JsonWriter json, SegmentationResult result)
    {
        json.WriteStartArray("categories");
        foreach (ResultCategory category in result.Vocabulary)
        {
            json.WriteStartObject();
            json.WriteNumber("id", category.Id);
            json.WriteString("name", category.Name);
            json.WriteNumber("isthing", category.IsThing ? 1 : 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
