using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Answers;

/// <summary>Files for a caller to save: one as it is, several as a ZIP.</summary>
internal static class ExportedFiles
{
    /// <summary>Answers with the files.</summary>
    public static IResult Answer(IReadOnlyList<(string Path, byte[] Content)> files, string form)
    {
        if (files is [var (path, content)])
            return Named(
                content,
                path.EndsWith(".json", StringComparison.Ordinal) ? "application/json" : "application/octet-stream",
                path);
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                using Stream entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(bytes);
            }
        }

        return Named(packed.ToArray(), "application/zip", $"{form}.zip");
    }

    private static ApiResult Named(byte[] content, string type, string path) =>
        new(StatusCodes.Status200OK, type, content)
        {
            Headers = { ["Content-Disposition"] = $"attachment; filename=\"{Plain(path)}\"" },
        };

    // What a header can hold.
    private static string Plain(string path) =>
        new([.. path.Split('/', '\\')[^1].Select(
            letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_')]);
}
