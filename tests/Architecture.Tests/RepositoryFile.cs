using FrozenSeg.Testing;

namespace FrozenSeg.Architecture.Tests;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">Relative to the root, with slashes.</param>
/// <param name="Text">What it says.</param>
internal sealed record RepositoryFile(string Path, string Text)
{
    private static readonly string[] Folders = ["src", "tests", "docs", "samples", "tools", "infra"];

    /// <summary>The files with an ending, below the folders that people write in.</summary>
    public static IReadOnlyList<RepositoryFile> All(string ending) =>
    [
        .. Folders.Select(folder => System.IO.Path.Combine(RepositoryCopy.Original, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + ending, SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(RepositoryCopy.Original, "*" + ending))
            .Where(path => !path.Contains("node_modules", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new RepositoryFile(
                System.IO.Path.GetRelativePath(RepositoryCopy.Original, path).Replace('\\', '/'),
                File.ReadAllText(path))),
    ];

    /// <summary>The line, from 1, of a place in the text.</summary>
    public int LineOf(int index) => Text.AsSpan(0, index).Count('\n') + 1;
}
