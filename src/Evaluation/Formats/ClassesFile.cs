using System.Text;
using System.Text.Json;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Formats;

/// <summary>
/// Reads a list of classes: a text file with one name a line, a JSON list of names, or a JSON document with
/// <c>classes</c> (<c>index</c>, <c>id</c>, <c>name</c>, <c>is_thing</c>, <c>is_seen</c>), as generated scenes have it.
/// </summary>
internal static class ClassesFile
{
    /// <summary>The classes numbered as semantic maps number them: by index.</summary>
    /// <exception cref="SegmentationProblemException">The file cannot be read or is of another form.</exception>
    public static IReadOnlyList<DatasetClass> ReadIndices(string path) => Read(path, "index");

    /// <summary>The classes numbered as COCO's files number them: by id.</summary>
    /// <inheritdoc cref="ReadIndices"/>
    public static IReadOnlyList<DatasetClass> ReadIds(string path) => Read(path, "id");

    /// <summary>Adds to classes what a file says of them, by id: whether they were seen.</summary>
    internal static IReadOnlyList<DatasetClass> Annotate(IReadOnlyList<DatasetClass> classes, string? path)
    {
        if (path is null)
            return classes;
        Dictionary<int, DatasetClass> known = ReadIds(path).ToDictionary(category => category.Id);
        return [.. classes.Select(category => known.TryGetValue(category.Id, out DatasetClass? more) ? category with
        {
            IsSeen = more.IsSeen,
        } : category)];
    }

    private static DatasetClass[] Read(string path, string number)
    {
        byte[] content = EvaluationFiles.Load(path);
        if (Path.GetExtension(path) != ".json")
        {
            return [.. Encoding.UTF8.GetString(content)
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select((name, i) => new DatasetClass(i, name, IsThing: false))];
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(content);
            JsonElement list = json.RootElement.ValueKind is JsonValueKind.Object
                ? json.RootElement.GetProperty("classes")
                : json.RootElement;
            DatasetClass[] classes = [.. list.EnumerateArray().Select((entry, i) => Class(entry, i, number))];
            return classes.DistinctBy(category => category.Id).Count() == classes.Length
                ? classes
                : throw new FormatException("a number is given to two classes");
        }
        catch (Exception failure) when (
            failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw SegmentationProblem.InvalidRequest(
                path,
                $"it is not a valid list of classes ({failure.Message.TrimEnd('.')})",
                "Give names, one a line, or a JSON list of them",
                failure);
        }
    }

    private static DatasetClass Class(JsonElement entry, int position, string number) =>
        entry.ValueKind is JsonValueKind.String
            ? new DatasetClass(position, entry.GetString()!, IsThing: false)
            : new DatasetClass(
                entry.TryGetProperty(number, out JsonElement id) ? id.GetInt32() : position,
                entry.GetProperty("name").GetString()!,
                entry.TryGetProperty("is_thing", out JsonElement thing) && thing.GetBoolean(),
                entry.TryGetProperty("is_seen", out JsonElement seen) ? seen.GetBoolean() : null);
}
