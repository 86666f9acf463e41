using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation.Tests;

public class OrderedWorkTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Run_Items_AreCollectedInTheirOrder(int threads)
    {
        var collected = new List<(int, string)>();

        OrderedWork.Run(
            [.. Enumerable.Range(0, 20)],
            new EvaluationOptions { Threads = threads },
            new ProblemLog(),
            item =>
            {
                Thread.Sleep(20 - item);
                return $"{item}";
            },
            (item, result) => collected.Add((item, result)));

        Assert.Equal(Enumerable.Range(0, 20).Select(item => (item, $"{item}")), collected);
    }

    [Fact]
    public void Run_ItemWithAProblem_IsNotedAndTheOthersGoOn()
    {
        var problems = new ProblemLog();
        var shares = new List<double>();
        var collected = new List<int>();

        OrderedWork.Run(
            [1, 2, 3, 4],
            new EvaluationOptions { Threads = 2, Progress = new Listener(shares.Add) },
            problems,
            item => item == 2
                ? throw new SegmentationProblem(ProblemKind.Storage, "2", "it is gone", "Bring it back").ToException()
                : "done",
            (item, _) => collected.Add(item));

        Assert.Equal([1, 3, 4], collected);
        Assert.Equal([0.25, 0.5, 0.75, 1], shares);
        Assert.Equal("2", Assert.Throws<SegmentationProblemException>(problems.ThrowIfAny).Problems[0].Where);
    }

    [Fact]
    public void Run_Stopped_Throws()
    {
        var options = new EvaluationOptions { Threads = 1, Cancellation = new CancellationToken(canceled: true) };

        Assert.ThrowsAny<OperationCanceledException>(
            () => OrderedWork.Run([1], options, new ProblemLog(), _ => "done", (_, _) => { }));
    }

    private sealed class Listener(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
