using System.Text.Encodings.Web;
using System.Text.Json;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Watching;

/// <summary>Why a picture of a watched folder has no result, as <c>problem.json</c>.</summary>
internal static class FailureDocument
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(string picture, IReadOnlyList<SegmentationProblem> problems)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("image", picture);
            json.WriteStartArray("problems");
            foreach (SegmentationProblem problem in problems)
            {
                json.WriteStartObject();
                json.WriteString("where", problem.Where);
                json.WriteString("found", problem.Found);
                json.WriteString("remedy", problem.Remedy);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
