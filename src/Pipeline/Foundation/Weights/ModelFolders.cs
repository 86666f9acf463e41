namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>Where models and what is derived from them are kept.</summary>
internal static class ModelFolders
{
    /// <summary>
    /// The cache: <c>FROZENSEG_HOME</c> if set, otherwise <c>frozenseg</c> in the user's cache folder.
    /// </summary>
    public static string Root => Environment.GetEnvironmentVariable("FROZENSEG_HOME") is { Length: > 0 } home
        ? Path.GetFullPath(home)
        : Path.Combine(UserCache, "frozenseg");

    /// <summary>Synthetic weight files.</summary>
    public static string Synthetic => Path.Combine(Root, "synthetic");

    /// <summary>
    /// Models that were pulled or imported: <c>FROZENSEG_MODELS</c> if set, otherwise <c>models</c> in the cache.
    /// </summary>
    public static string Models => Environment.GetEnvironmentVariable("FROZENSEG_MODELS") is { Length: > 0 } models
        ? Path.GetFullPath(models)
        : Path.Combine(Root, "models");

    /// <summary>Models that come with the program, beside it.</summary>
    public static string Bundled => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Checkpoints that could not be used where they lie, as safetensors.</summary>
    public static string Converted => Path.Combine(Root, "converted");

    private static string UserCache => OperatingSystem.IsWindows()
        ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
        : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
