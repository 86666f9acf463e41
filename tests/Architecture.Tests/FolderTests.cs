namespace FrozenSeg.Architecture.Tests;

/// <summary>A folder with 25 files has a missing folder in it.</summary>
public sealed class FolderTests
{
    private const int Crowded = 25;

    [Fact]
    public void Folder_OfSources_IsReadAtAGlance()
    {
        IGrouping<string, RepositoryFile>[] folders =
        [
            .. RepositoryFile.All(".cs")
                .Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))
                .GroupBy(file => file.Path[..file.Path.LastIndexOf('/')]),
        ];

        Assert.NotEmpty(folders);
        Assert.Empty(
            folders.Where(folder => folder.Count() >= Crowded).Select(folder => $"{folder.Key}: {folder.Count()}"));
    }
}
