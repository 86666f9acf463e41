using FrozenSeg.Serving.Watching;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Watching;

/// <summary>What one look at a folder sees.</summary>
public sealed class FolderLookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void At_Pictures_AreSeenByNameWithTheRequestBesideThem()
    {
        _folder.Write("b.PNG", [1, 2]);
        string options = _folder.Write("a.jpg.json", [1]);
        _folder.Write("a.jpg", [1, 2, 3]);

        WatchedPicture[] pictures = [.. FolderLook.At(_folder.Root).Pictures];

        Assert.Equal([("a.jpg", 3L), ("b.PNG", 2L)], pictures.Select(picture => (picture.Name, picture.Length)));
        Assert.Equal([File.GetLastWriteTimeUtc(options), null], pictures.Select(picture => picture.OptionsChanged));
    }

    [Fact]
    public void At_HiddenFilesTextsAndFolders_AreNoPictures()
    {
        _folder.Write(".a.png", [1]);
        _folder.Write("readme.txt", [1]);
        Directory.CreateDirectory(_folder.Path("folder.png"));

        FolderLook look = FolderLook.At(_folder.Root);

        Assert.Empty(look.Pictures);
        Assert.Empty(look.Odd);
    }

    [Fact]
    public void At_KindsThatAreNotRead_AreNamed()
    {
        _folder.Write("a.heic", [1]);
        _folder.Write("b.svg", [1]);

        Assert.Equal(["a.heic", "b.svg"], FolderLook.At(_folder.Root).OtherKinds);
    }

    [Fact]
    public void At_LinkToAPicture_HasThePicturesFacts()
    {
        string picture = _folder.Write("elsewhere.bin", [1, 2, 3, 4]);
        Directory.CreateDirectory(_folder.Path("in"));
        File.CreateSymbolicLink(_folder.Path("in", "a.png"), picture);

        Assert.Equal(4, Assert.Single(FolderLook.At(_folder.Path("in")).Pictures).Length);
    }

    [Fact]
    public void At_LinkThatLeadsNowhere_IsOddAndSaysSo()
    {
        File.CreateSymbolicLink(_folder.Path("a.png"), _folder.Path("nowhere.png"));

        (string name, string reason) = Assert.Single(FolderLook.At(_folder.Root).Odd);

        Assert.Equal("a.png", name);
        Assert.Contains("leads nowhere", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void At_FolderThatIsNotThere_IsRefused()
    {
        SegmentationProblem problem = Assert.Single(
            Assert.Throws<SegmentationProblemException>(() => FolderLook.At(_folder.Path("none"))).Problems);

        Assert.Equal(ProblemKind.Storage, problem.Kind);
        Assert.Contains("none", problem.Where, StringComparison.Ordinal);
    }
}
