using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Shared.Tests.Problems;

public sealed class SegmentationProblemTests
{
    private static readonly SegmentationProblem TooLarge =
        new(ProblemKind.InvalidImage, "big.png", "it has 3 GB", "Shrink it");

    [Fact]
    public void Message_SaysWhereWhatAndWhatToDo() =>
        Assert.Equal("big.png: it has 3 GB. Shrink it.", TooLarge.Message);

    [Theory]
    [InlineData("one\ntwo\tthree", "one two three")]
    [InlineData("bell\a and escape\u001b[31m", "bell\uFFFD and escape\uFFFD[31m")]
    [InlineData("turned \u202Egpj.exe", "turned \uFFFDgpj.exe")]
    [InlineData("line\u2028end", "line\uFFFDend")]
    [InlineData("a whole 😀 face", "a whole 😀 face")]
    [InlineData("नमस्ते पिल्ला‍", "नमस्ते पिल्ला‍")]
    public void Message_OddText_IsOneCleanLine(string given, string clean)
    {
        Assert.Equal(clean, new SegmentationProblem(ProblemKind.InvalidRequest, "a", given, "b").Found);
        Assert.Equal(clean, (TooLarge with { Where = given }).Where);
        Assert.Equal(clean, (TooLarge with { Remedy = given }).Remedy);
    }

    [Fact]
    public void Message_HalfACharacter_IsMarked() =>
        Assert.Equal("half \uFFFD of a face", (TooLarge with { Found = "half \ud83d of a face" }).Found);

    [Fact]
    public void Message_FifteenMegabytes_IsCut()
    {
        string endless = string.Concat(Enumerable.Repeat("😀", 8 << 20));

        var problem = new SegmentationProblem(ProblemKind.InvalidRequest, endless, endless, endless);

        Assert.True(problem.Message.Length < 2_000);
        Assert.EndsWith("😀…", problem.Found, StringComparison.Ordinal);
    }

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
