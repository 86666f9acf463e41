namespace FrozenSeg.Testing;

/// <summary>
/// The developers' folder of goldens, pictures and evaluator cases, beside the checkout. Users do not have it.
/// </summary>
public static class SharedFolder
{
    private const string Name = "shared";

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>Why tests of its files cannot run; null when they can.</summary>
    public static string? WhyAbsent => Found.Value is null ? "there is no ../shared folder beside this checkout" : null;

    /// <summary>Full path of something in it.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is absent.</exception>
    public static string Path(params string[] parts) => System.IO.Path.Combine(
        [Found.Value ?? throw new DirectoryNotFoundException(WhyAbsent), .. parts]);

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = System.IO.Path.Combine(at.FullName, Name);
            if (Directory.Exists(System.IO.Path.Combine(candidate, "golden")))
                return candidate;
        }

        return null;
    }
}
