namespace FrozenSeg.Golden;

/// <summary>Finds golden files: every file of a family's folder but its README.</summary>
internal static class GoldenFolder
{
    private static readonly string[] Families = ["sam", "car", "frozenseg", "photos", "sam3"];

    /// <summary>
    /// Where the goldens' pictures may lie: folders called <c>images</c> beside or above the goldens.
    /// </summary>
    public static IReadOnlyList<string> PictureFolders(string folder)
    {
        var folders = new List<string>();
        for (string? at = Path.TrimEndingDirectorySeparator(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            folders.Add(Path.Combine(at, "images"));
            folders.Add(Path.Combine(at, "shared", "images"));
        }

        return folders;
    }

    /// <summary>All files below <paramref name="folder"/>, which holds family folders or is one.</summary>
    public static IEnumerable<GoldenFile> Files(string folder)
    {
        string own = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        IEnumerable<(string Family, string Path)> roots = Families.Contains(own)
            ? [(own, folder)]
            : Families.Select(family => (family, Path.Combine(folder, family)))
                .Where(root => Directory.Exists(root.Item2));
        return
            from root in roots
            from path in Directory.EnumerateFiles(root.Path).Order(StringComparer.Ordinal)
            where !path.EndsWith(".md", StringComparison.Ordinal)
            select new GoldenFile(root.Family, path);
    }
}
