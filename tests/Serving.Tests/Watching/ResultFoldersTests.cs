using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Watching;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Watching;

/// <summary>Where the results of watched pictures go, and what counts as done.</summary>
public sealed class ResultFoldersTests : IDisposable
{
    private const string Id = "0a";

    private readonly TemporaryFolder _folder = new();
    private readonly ResultFolders _results;

    public ResultFoldersTests()
    {
        Directory.CreateDirectory(_folder.Path("out"));
        _results = new ResultFolders(_folder.Path("out"), _folder.Path("state"), Disk.Instance);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Place_Files_AreThereAndThePictureIsDone()
    {
        _results.Place(Id, "a.png", [("result.json", [1]), ("overlay.png", [2, 3])]);

        Assert.Equal([2, 3], File.ReadAllBytes(_folder.Path("out", "a.png", "overlay.png")));
        Assert.True(_results.IsDone(Id, "a.png"));
        Assert.False(_results.IsDone("0b", "a.png"));
    }

    [Fact]
    public void Place_Again_LeavesNothingOfTheEarlierResult()
    {
        _results.Place(Id, "a.png", [("old.png", [1])]);

        _results.Place("0b", "a.png", [("new.png", [1])]);

        Assert.Equal(["new.png"], Directory.GetFiles(_folder.Path("out", "a.png")).Select(Path.GetFileName));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path("state", "staging")));
    }

    [Fact]
    public void IsDone_ResultThatSomebodyRemoved_IsDoneAgain()
    {
        _results.Place(Id, "a.png", [("result.json", [1])]);
        Directory.Delete(_folder.Path("out", "a.png"), recursive: true);

        Assert.False(_results.IsDone(Id, "a.png"));
    }

    [Fact]
    public void Place_FileInThePlaceOfTheFolder_IsRefusedAndKept()
    {
        File.WriteAllBytes(_folder.Path("out", "a.png"), [7]);

        SegmentationProblem problem = Assert.Single(
            Assert.Throws<SegmentationProblemException>(
                () => _results.Place(Id, "a.png", [("result.json", [1])])).Problems);

        Assert.Contains("a file stands in their place", problem.Found, StringComparison.Ordinal);
        Assert.Equal([7], File.ReadAllBytes(_folder.Path("out", "a.png")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PlaceFailure_ThatWouldFailAgain_IsDoneAndAnotherIsTriedAgain(bool isFinal)
    {
        _results.PlaceFailure(Id, "a.png", [new SegmentationProblem(
            ProblemKind.InvalidImage, "a.png", "it is empty", "Send it again")], isFinal);

        Assert.Contains(
            "it is empty", File.ReadAllText(_folder.Path("out", "a.png", "problem.json")), StringComparison.Ordinal);
        Assert.Equal(isFinal, _results.IsDone(Id, "a.png"));
    }

    [Fact]
    public void Recover_HalfWrittenResult_IsClearedAway()
    {
        Directory.CreateDirectory(_folder.Path("state", "staging", Id));

        _results.Recover();

        Assert.False(Directory.Exists(_folder.Path("state", "staging")));
    }
}
