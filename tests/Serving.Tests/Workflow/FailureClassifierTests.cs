using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Tests.Workflow;

public sealed class FailureClassifierTests
{
    [Theory]
    [InlineData(ProblemKind.Storage, FailureKind.Transient)]
    [InlineData(ProblemKind.Unavailable, FailureKind.Transient)]
    [InlineData(ProblemKind.InvalidImage, FailureKind.Permanent)]
    [InlineData(ProblemKind.InvalidRequest, FailureKind.Permanent)]
    internal void Classify_Problems_AreTriedAgainWhenOneOfThemMayPass(ProblemKind kind, FailureKind expected)
    {
        SegmentationProblem[] problems = [Problem(ProblemKind.InvalidRequest), Problem(kind)];

        StageFailure failure = FailureClassifier.Classify("Prepare", new SegmentationProblemException(problems));

        Assert.Equal(expected, failure.Kind);
        Assert.Equal(problems, failure.Problems);
    }

    [Fact]
    public void Classify_DamagedArtefact_IsNotAskedForAgain()
    {
        StageFailure failure = FailureClassifier.Classify(
            "Prepare", new DamagedArtefactException(new ArtefactReference("images/a", 1)));

        Assert.Equal((FailureKind.Permanent, "images/a"), (failure.Kind, Assert.Single(failure.Problems).Where));
    }

    [Theory]
    [InlineData("CUDA failure 2: out of memory")]
    [InlineData("Failed to allocate memory for requested buffer of size 1")]
    [InlineData("Cannot allocate memory")]
    [InlineData("std::bad_alloc")]
    [InlineData("bad allocation")]
    [InlineData("CUBLAS_STATUS_ALLOC_FAILED")]
    [InlineData("Available memory of 10 is smaller than requested")]
    public void Classify_MemoryShortInTheWordsOfALibrary_IsOutOfMemory(string message)
    {
        AssertIs(FailureKind.OutOfMemory, new InvalidOperationException(message), isUnexpected: false);
    }

    [Fact]
    public void Classify_Exceptions_DeserveWhatTheyAre()
    {
        AssertIs(FailureKind.OutOfMemory, new InsufficientMemoryException("none left"), isUnexpected: false);
        AssertIs(
            FailureKind.OutOfMemory, new AggregateException(new InsufficientMemoryException()), isUnexpected: false);
        AssertIs(FailureKind.Permanent, new AggregateException(new InvalidCastException()), isUnexpected: true);
        AssertIs(FailureKind.Transient, new IOException("gone"), isUnexpected: false);
        AssertIs(FailureKind.Transient, new TimeoutException(), isUnexpected: false);
        AssertIs(FailureKind.Transient, new HttpRequestException(), isUnexpected: false);
        AssertIs(FailureKind.Permanent, new InvalidOperationException("shape mismatch"), isUnexpected: true);
        Assert.False(FailureClassifier.IsUnexpected(Problem(ProblemKind.InvalidImage).ToException()));
        Assert.False(
            FailureClassifier.IsUnexpected(new DamagedArtefactException(new ArtefactReference("images/a", 1))));
    }

    [Fact]
    public void Classify_DiskThatIsMissingAFile_SaysSoWithoutItsPath()
    {
        StageFailure disk = FailureClassifier.Classify("Publish", new FileNotFoundException("no '/srv/a'"));
        StageFailure network = FailureClassifier.Classify("Publish", new TimeoutException("10.0.0.1"));

        Assert.Equal((ProblemKind.Storage, "it is not there"), (disk.Problems[0].Kind, disk.Problems[0].Found));
        Assert.Equal(
            (ProblemKind.Storage, "it was not answered"), (network.Problems[0].Kind, network.Problems[0].Found));
    }

    private static void AssertIs(FailureKind kind, Exception failure, bool isUnexpected)
    {
        StageFailure classified = FailureClassifier.Classify("Publish", failure);
        Assert.Equal((kind, "Publish"), (classified.Kind, Assert.Single(classified.Problems).Where));
        Assert.Equal(isUnexpected, FailureClassifier.IsUnexpected(failure));
    }

    private static SegmentationProblem Problem(ProblemKind kind) => new(kind, "a", "it broke", "Mend it");
}
