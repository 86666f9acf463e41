namespace FrozenSeg.Serving.Watching;

/// <summary>A picture in a watched folder, as it was when somebody looked.</summary>
/// <param name="Name">File name.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Changed">When it was last written.</param>
/// <param name="OptionsChanged">When the request beside it was last written; null without one.</param>
internal sealed record WatchedPicture(string Name, long Length, DateTime Changed, DateTime? OptionsChanged)
{
    /// <summary>Name of the request beside a picture.</summary>
    public static string OptionsName(string picture) => picture + ".json";
}
