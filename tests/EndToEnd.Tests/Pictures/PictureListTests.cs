using FrozenSeg.Cli.Pictures;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests.Pictures;

public sealed class PictureListTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PictureListTests()
    {
        foreach (string name in (string[])["b.png", "a.jpg", "notes.txt", "deep/a.jpg", "deep/er/c.png"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.Path(name))!);
            File.WriteAllText(_folder.Path(name), "");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_OneFile_IsSingleWhetherItIsThereOrNot()
    {
        PictureList list = PictureList.Find([_folder.Path("none.png")], []);

        Assert.True(list.IsSingle);
        Assert.Equal([new PictureJob(_folder.Path("none.png"), "none.png")], list.Jobs);
    }

    [Fact]
    public void Find_Folder_IsItsPicturesByTheirPlaceInIt()
    {
        PictureList list = PictureList.Find([_folder.Root], []);

        Assert.False(list.IsSingle);
        Assert.Equal(["a.jpg", "b.png", "deep/a.jpg", "deep/er/c.png"], list.Jobs.Select(job => job.Name));
    }

    [Theory]
    [InlineData("*.jpg", "a.jpg")]
    [InlineData("**/*.jpg", "a.jpg deep/a.jpg")]
    [InlineData("deep/**/*.png", "er/c.png")]
    public void Find_Pattern_IsThePicturesBelowWhereItBegins(string pattern, string expected)
    {
        PictureList list = PictureList.Find([_folder.Path(pattern)], []);

        Assert.False(list.IsSingle);
        Assert.Equal(expected, string.Join(' ', list.Jobs.Select(job => job.Name)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("**/*")]
    public void Find_LinksThatLeadBack_AreNotFollowed(string pattern)
    {
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("d.png", []);
        Directory.CreateSymbolicLink(_folder.Path("deep", "self"), ".");
        Directory.CreateSymbolicLink(_folder.Path("deep", "up"), "..");
        Directory.CreateSymbolicLink(elsewhere.Path("back"), _folder.Path("deep"));
        Directory.CreateSymbolicLink(_folder.Path("deep", "linked"), elsewhere.Root);

        PictureList list = PictureList.Find([_folder.Path(pattern)], []);

        Assert.Equal(
            ["a.jpg", "b.png", "deep/a.jpg", "deep/er/c.png", "deep/linked/d.png"], list.Jobs.Select(job => job.Name));
    }

    [Fact]
    public void Find_QuestionMark_IsALetterOfAName()
    {
        PictureList list = PictureList.Find([_folder.Path("?.png")], []);

        Assert.True(list.IsSingle);
    }

    [Fact]
    public void Find_PictureNamedTwice_IsThereOnceAndInItsFirstPlace()
    {
        PictureList list = PictureList.Find([_folder.Path("b.png"), _folder.Root], []);

        Assert.Equal(["b.png", "a.jpg", "deep/a.jpg", "deep/er/c.png"], list.Jobs.Select(job => job.Name));
    }

    [Fact]
    public void Find_TwoOfOneName_AreRefusedByTheSecond()
    {
        SegmentationProblem problem = Assert.Single(Refused(_folder.Path("a.jpg"), _folder.Path("deep", "a.jpg")));

        Assert.Equal(_folder.Path("deep", "a.jpg"), problem.Where);
        Assert.Contains(_folder.Path("a.jpg"), problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_MistypedOptions_AreAllNamed()
    {
        Assert.Equal(["--ouput", "-x"], Refused("a.png", "--ouput", "-x").Select(problem => problem.Where));
    }

    [Theory]
    [InlineData("*.webp")]
    [InlineData("none/*.png")]
    public void Find_PatternWithoutAPicture_IsRefused(string pattern)
    {
        Assert.Equal("there are no pictures", Assert.Single(Refused(_folder.Path(pattern))).Found);
    }

    private static IReadOnlyList<SegmentationProblem> Refused(params string[] named) =>
        Assert.Throws<SegmentationProblemException>(() => PictureList.Find(named, [])).Problems;
}
