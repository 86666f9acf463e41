using FrozenSeg.Pipeline.Foundation.Files;
using Microsoft.Extensions.FileSystemGlobbing.Abstractions;

namespace FrozenSeg.Cli.Pictures;

/// <summary>A folder as patterns see it, without the links that lead back.</summary>
/// <param name="tree">The folder.</param>
/// <param name="parent">The folder it was reached from; null where the pattern begins.</param>
internal sealed class MatchedFolder(FolderTree tree, DirectoryInfoBase? parent) : DirectoryInfoBase
{
    private readonly DirectoryInfoWrapper _folder = new(new DirectoryInfo(tree.Path));

    /// <inheritdoc/>
    public override string Name => _folder.Name;

    /// <inheritdoc/>
    public override string FullName => _folder.FullName;

    /// <inheritdoc/>
    public override DirectoryInfoBase? ParentDirectory => parent ?? _folder.ParentDirectory;

    /// <inheritdoc/>
    public override IEnumerable<FileSystemInfoBase> EnumerateFileSystemInfos() =>
    [
        .. tree.Folders.Select(folder => new MatchedFolder(folder, this)),
        .. _folder.EnumerateFileSystemInfos().Where(entry => entry is FileInfoBase),
    ];

    /// <inheritdoc/>
    public override DirectoryInfoBase? GetDirectory(string path) => path == ".."
        ? _folder.GetDirectory(path)
        : tree.Folders.Where(folder => Path.GetFileName(folder.Path) == path)
            .Select(folder => new MatchedFolder(folder, this)).FirstOrDefault();

    /// <inheritdoc/>
    public override FileInfoBase? GetFile(string path) => _folder.GetFile(path);
}
