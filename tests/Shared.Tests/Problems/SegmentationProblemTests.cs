using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Shared.Tests.Problems;

public sealed class SegmentationProblemTests
{
    private static readonly SegmentationProblem TooLarge =
        new(ProblemKind.InvalidImage, "big.png", "it has 3 GB", "Shrink it");

    [Fact]
    public void Message_SaysWhereWhatAndWhatToDo() => Assert.Equal("big.png: it has 3 GB. Shrink it.", TooLarge.Message);

    [Fact]
    public void Exception_ListsAllProblems()
    {
        var failure = new SegmentationProblemException([TooLarge, TooLarge with { Where = "other.png" }]);

        Assert.Equal(2, failure.Problems.Count);
        Assert.Contains("other.png", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exception_WithoutProblems_IsABug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SegmentationProblemException([]));
}
