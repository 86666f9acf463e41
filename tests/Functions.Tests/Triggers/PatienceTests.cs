using Azure;
using FrozenSeg.Functions.Triggers;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Functions.Tests.Triggers;

public sealed class PatienceTests
{
    private static readonly RetryOptions Quick = new() { MaxAttempts = 3, FirstDelay = TimeSpan.FromMilliseconds(1) };
    private int _attempts;

    [Fact]
    public async Task Run_StorageComesBack_IsDoneOnce()
    {
        await RunAsync(attempt => attempt < 3 ? new RequestFailedException(503, "busy") : null);

        Assert.Equal(3, _attempts);
    }

    [Fact]
    public async Task Run_StorageStaysAway_GivesUp()
    {
        await Assert.ThrowsAsync<SegmentationProblemException>(() => RunAsync(_ => Problem(ProblemKind.Storage)));

        Assert.Equal(3, _attempts);
    }

    [Fact]
    public async Task Run_WrongForGood_IsNotTriedAgain()
    {
        await Assert.ThrowsAsync<SegmentationProblemException>(
            () => RunAsync(_ => Problem(ProblemKind.InvalidRequest)));

        Assert.Equal(1, _attempts);
    }

    private static SegmentationProblemException Problem(ProblemKind kind) =>
        new SegmentationProblem(kind, "a.png", "it fails", "Wait").ToException();

    private Task RunAsync(Func<int, Exception?> fails) => new Patience(Quick, TimeProvider.System).RunAsync(
        () => fails(++_attempts) is Exception failure ? Task.FromException(failure) : Task.CompletedTask,
        CancellationToken.None);
}
