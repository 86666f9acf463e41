using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Formats;

public class ProblemLogTests
{
    [Fact]
    public void ThrowIfAny_Problems_AreOrderedByPlaceAndSaidOnce()
    {
        var problems = new ProblemLog();
        problems.ThrowIfAny();
        Assert.True(problems.IsEmpty);
        foreach (string place in (string[])["b", "a", "b", "B"])
            problems.Add(place, "it is bad", "Mend it");

        var failure = Assert.Throws<SegmentationProblemException>(problems.ThrowIfAny);

        Assert.Equal(["B", "a", "b"], failure.Problems.Select(problem => problem.Where));
        Assert.False(problems.IsEmpty);
    }

    [Fact]
    public void Attempt_FirstFileFails_NamesWhatWasNotedAndTheOtherFileToo()
    {
        using var folder = new TemporaryFolder();
        string broken = folder.Write("b.json", "{"u8.ToArray()), whole = folder.Write("c.json", "{}"u8.ToArray());
        var problems = new ProblemLog();
        problems.Add("noted", "it is bad", "Mend it");

        var both = Assert.Throws<SegmentationProblemException>(
            () => problems.Attempt<string>(() => throw Failure(), broken));
        var one = Assert.Throws<SegmentationProblemException>(
            () => new ProblemLog().Attempt<string>(() => throw Failure(), whole));
        var alone = Assert.Throws<SegmentationProblemException>(
            () => new ProblemLog().Attempt<string>(() => throw Failure()));

        Assert.Equal(
            [broken, "a.json", "noted"], both.Problems.Select(problem => problem.Where).Order(StringComparer.Ordinal));
        Assert.Equal(["a.json"], one.Problems.Select(problem => problem.Where));
        Assert.Equal(["a.json"], alone.Problems.Select(problem => problem.Where));
        Assert.Equal("read", problems.Attempt(() => "read", broken));
    }

    private static SegmentationProblemException Failure() =>
        new SegmentationProblem(ProblemKind.Storage, "a.json", "it is gone", "Bring it back").ToException();
}
