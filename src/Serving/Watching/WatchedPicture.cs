namespace FrozenSeg.Serving.Watching;

/// <summary>A picture in a watched folder, as it was when somebody looked.</summary>
/// <param name="Name">File name.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Changed">When it was last written.</param>
/// <param name="OptionsChanged">When the request beside it was last written; null without one.</param>
internal sealed record WatchedPicture(string Name, long Length, DateTime Changed, DateTime? OptionsChanged)
{
    private static readonly HashSet<string> Extensions = new(
        [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".pbm", ".pgm", ".ppm", ".tga"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The pictures in a folder, by name.</summary>
    public static IReadOnlyList<WatchedPicture> In(string folder) =>
    [
        .. new DirectoryInfo(folder).EnumerateFiles()
            .Where(file => Extensions.Contains(file.Extension) && file.Name[0] != '.')
            .Select(file => new WatchedPicture(file.Name, file.Length, file.LastWriteTimeUtc, Options(file)))
            .OrderBy(picture => picture.Name, StringComparer.Ordinal),
    ];

    /// <summary>Name of the request beside a picture.</summary>
    public static string OptionsName(string picture) => picture + ".json";

    private static DateTime? Options(FileInfo picture) =>
        new FileInfo(OptionsName(picture.FullName)) is { Exists: true } options ? options.LastWriteTimeUtc : null;
}
