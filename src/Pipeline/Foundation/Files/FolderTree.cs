namespace FrozenSeg.Pipeline.Foundation.Files;

/// <summary>
/// A folder and what lies below it. Links are followed, but for those that lead back to the folder itself or to one
/// above it: .NET follows these as well, forty times, and two of them without end.
/// </summary>
internal sealed class FolderTree
{
    private readonly FolderTree? _parent;
    private readonly string _real;

    private FolderTree(string path, string real, FolderTree? parent)
    {
        Path = path;
        _real = real;
        _parent = parent;
    }

    /// <summary>The folder, as it was reached.</summary>
    public string Path { get; }

    /// <summary>The folders in it.</summary>
    public IEnumerable<FolderTree> Folders =>
        Directory.EnumerateDirectories(Path).Select(Enter).Where(folder => !LeadsBack(folder._real));

    /// <summary>The tree below a folder.</summary>
    public static FolderTree At(string path) => new(path, Resolve(System.IO.Path.GetFullPath(path)), null);

    /// <summary>Every file below a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="pattern">What files are called.</param>
    public static IEnumerable<string> FilesBelow(string path, string pattern = "*") => At(path).Files(pattern);

    private IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Path, pattern).Concat(Folders.SelectMany(folder => folder.Files(pattern)));

    private FolderTree Enter(string path)
    {
        string real = System.IO.Path.Combine(_real, System.IO.Path.GetFileName(path));
        return new(path, new DirectoryInfo(real).LinkTarget is null ? real : Resolve(real), this);
    }

    private bool LeadsBack(string real) => _real == real || _parent?.LeadsBack(real) == true;

    // Any part of a path may be a link, and so may any part of where it leads.
    private static string Resolve(string path)
    {
        string root = System.IO.Path.GetPathRoot(path)!, real = root;
        foreach (string part in path[root.Length..].Split(
            System.IO.Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            string next = System.IO.Path.Combine(real, part);
            real = new DirectoryInfo(next).LinkTarget is string target
                ? Resolve(System.IO.Path.GetFullPath(target, real))
                : next;
        }

        return real;
    }
}
