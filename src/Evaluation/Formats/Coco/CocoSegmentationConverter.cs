using System.Text.Json;
using System.Text.Json.Serialization;

namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>Reads the three forms of a COCO segmentation.</summary>
internal sealed class CocoSegmentationConverter : JsonConverter<CocoSegmentation>
{
    public override CocoSegmentation Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.StartArray => new CocoSegmentation(ReadPolygons(ref reader), null, null, null),
            JsonTokenType.StartObject => ReadRuns(ref reader),
            _ => throw new JsonException("a segmentation is a list of polygons or an object with size and counts"),
        };

    public override void Write(Utf8JsonWriter writer, CocoSegmentation value, JsonSerializerOptions options)
    {
        if (value.Polygons is not null)
        {
            writer.WriteStartArray();
            foreach (double[] polygon in value.Polygons)
            {
                writer.WriteStartArray();
                foreach (double number in polygon)
                    writer.WriteNumberValue(number);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray("size");
        foreach (int side in value.Size!)
            writer.WriteNumberValue(side);
        writer.WriteEndArray();
        writer.WriteString("counts", value.Compressed);
        writer.WriteEndObject();
    }

    private static double[][] ReadPolygons(ref Utf8JsonReader reader)
    {
        var polygons = new List<double[]>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartArray)
                throw new JsonException(
                    $"a polygon is a list of numbers, and {JsonWords.Of(reader.TokenType)} was found");
            var numbers = new List<double>();
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                numbers.Add(Coordinate(ref reader));
            if (numbers.Count % 2 != 0)
                throw new JsonException("a polygon has as many x as y");
            polygons.Add([.. numbers]);
        }

        return [.. polygons];
    }

    private static double Coordinate(ref Utf8JsonReader reader) => reader.TokenType is JsonTokenType.Number
        ? reader.GetDouble()
        : throw new JsonException(
            $"a polygon is a list of numbers, and {JsonWords.Of(reader.TokenType)} was found in it");

    private static CocoSegmentation ReadRuns(ref Utf8JsonReader reader)
    {
        int[]? size = null, counts = null;
        string? compressed = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            bool isSize = reader.ValueTextEquals("size"u8), isCounts = reader.ValueTextEquals("counts"u8);
            reader.Read();
            if (isSize)
                size = ReadSize(ref reader);
            else if (isCounts && reader.TokenType is JsonTokenType.String)
                compressed = reader.GetString();
            else if (isCounts)
                counts = ReadNumbers(ref reader);
            else
                reader.Skip();
        }

        return size is not null && (counts is not null || compressed is not null)
            ? new CocoSegmentation(null, size, counts, compressed)
            : throw new JsonException("run lengths need size and counts");
    }

    // Nearly all masks of a file have the size of the one before.
    [ThreadStatic]
    private static int[]? _lastSize;

    private static int[] ReadSize(ref Utf8JsonReader reader)
    {
        Utf8JsonReader start = reader;
        if (_lastSize is [int height, int width] && reader.TokenType is JsonTokenType.StartArray
            && IsNumber(ref reader, height) && IsNumber(ref reader, width) && reader.Read()
                && reader.TokenType is JsonTokenType.EndArray)
        {
            return _lastSize;
        }

        reader = start;
        return _lastSize = ReadNumbers(ref reader);

        static bool IsNumber(ref Utf8JsonReader reader, int wanted) =>
            reader.Read() && reader.TokenType is JsonTokenType.Number && reader.TryGetInt32(out int number)
                && number == wanted;
    }

    private static int[] ReadNumbers(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
            throw new JsonException(
                $"a list of whole numbers is expected there, and {JsonWords.Of(reader.TokenType)} was found");
        var numbers = new List<int>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            numbers.Add(WholeNumberConverter<int>.ReadFrom(ref reader));
        return [.. numbers];
    }
}
