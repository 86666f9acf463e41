using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Formats;

/// <summary>Reads JSON files and says exactly where a broken one breaks.</summary>
internal static class JsonFile
{
    // How the framework begins a message that says no more.
    private const string Unconverted = "The JSON value could not be converted";

    /// <exception cref="SegmentationProblemException">The file is missing, unreadable or not in the expected
    /// form.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> type)
    {
        try
        {
            using FileStream stream = new(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
            return JsonSerializer.Deserialize(stream, type) ?? throw new JsonException("the document is null");
        }
        catch (JsonException failure)
        {
            string place = failure.LineNumber is long line
                ? $" (line {line + 1}, byte {failure.BytePositionInLine + 1}{Member(failure)})"
                : "";
            throw SegmentationProblem.InvalidRequest(
                path,
                $"the JSON is broken or of another form{place}: {Reason(failure, type)}",
                "Write it again",
                failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw SegmentationProblem.Storage(
                path, $"the file cannot be read ({failure.Message})", "Check the path", failure);
        }
    }

    /// <summary>
    /// What keeps a JSON file from being read, whatever its form; null when nothing does, and for folders.
    /// </summary>
    public static SegmentationProblemException? FindFault(string path)
    {
        if (Directory.Exists(path))
            return null;
        try
        {
            Read(path, CocoJsonContext.Default.JsonElement);
            return null;
        }
        catch (SegmentationProblemException failure)
        {
            return failure;
        }
    }

    /// <summary>Whether a file begins as a JSON list does.</summary>
    public static bool IsList(string path)
    {
        if (!File.Exists(path))
            return false;
        using StreamReader reader = new(path);
        int first;
        do
        {
            first = reader.Read();
        }
        while (first >= 0 && char.IsWhiteSpace((char)first));

        return first == '[';
    }

    private static string Member(JsonException failure) => failure.Path is null or "$" ? "" : $", at {failure.Path}";

    // The framework appends the place, which is said in our own words already.
    private static string Reason(JsonException failure, JsonTypeInfo type) =>
        failure.Message.StartsWith(Unconverted, StringComparison.Ordinal)
            ? $"{JsonWords.At(type, failure.Path)} is expected there"
            : failure.Message.Split(" Path:", 2)[0].Split(" LineNumber:", 2)[0].TrimEnd('.', ' ');
}
