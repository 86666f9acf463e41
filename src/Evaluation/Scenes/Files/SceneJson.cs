using System.Text.Json;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Scenes.Files;

/// <summary>Pieces that COCO's files have in common.</summary>
internal static class SceneJson
{
    public static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    public static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> writeItem)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            writeItem(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteImages(Utf8JsonWriter json, IReadOnlyList<SceneRecord> scenes) =>
        WriteArray(json, "images", scenes, scene =>
        {
            json.WriteNumber("id", scene.ImageId);
            json.WriteString("file_name", scene.FileName);
            json.WriteNumber("width", scene.Size);
            json.WriteNumber("height", scene.Size);
        });

    public static void WriteCategories(Utf8JsonWriter json, IEnumerable<SceneCategory> categories) =>
        WriteArray(json, "categories", categories, category =>
        {
            json.WriteNumber("id", category.Id);
            json.WriteString("name", category.Name);
            json.WriteString("supercategory", category.IsThing ? "thing" : "stuff");
            json.WriteNumber("isthing", category.IsThing ? 1 : 0);
        });

    public static void WriteBox(Utf8JsonWriter json, RunLengthEncoding mask)
    {
        BoxXyxy box = mask.InclusiveBox();
        json.WriteStartArray("bbox");
        json.WriteNumberValue(box.X0);
        json.WriteNumberValue(box.Y0);
        json.WriteNumberValue(box.X1 - box.X0 + 1);
        json.WriteNumberValue(box.Y1 - box.Y0 + 1);
        json.WriteEndArray();
    }

    public static void WriteMask(Utf8JsonWriter json, RunLengthEncoding mask)
    {
        json.WriteStartObject("segmentation");
        json.WriteStartArray("size");
        json.WriteNumberValue(mask.Height);
        json.WriteNumberValue(mask.Width);
        json.WriteEndArray();
        json.WriteString("counts", mask.ToCocoString());
        json.WriteEndObject();
    }
}
