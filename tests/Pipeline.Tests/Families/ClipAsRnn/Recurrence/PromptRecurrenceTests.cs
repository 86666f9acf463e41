using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;

namespace FrozenSeg.Pipeline.Tests.Families.ClipAsRnn.Recurrence;

public sealed class PromptRecurrenceTests
{
    private static readonly PatchGrid Grid = new(2, 2, false);

    [Fact]
    public void Run_NothingDropped_StopsAfterTheSecondRound()
    {
        RecurrenceResult result = Run(0.5f, ["a", "b"], _ => 0.9f);

        Assert.Equal(2, result.Trace.Count);
        Assert.Equal([0, 1], result.Queries);
    }

    [Fact]
    public void Run_OneRoundAllowed_EndsWithWhatIsLeftOfIt()
    {
        RecurrenceResult result = Run(0.5f, ["a", "b", "c"], query => query == "b" ? 0 : 1, maxRounds: 1);

        Assert.Equal([0, 2], result.Queries);
        Assert.Equal("b", Assert.Single(Assert.Single(result.Trace).Removed).Text);
    }

    [Fact]
    public void Run_ScoreEqualToTheThreshold_IsDropped()
    {
        RecurrenceResult result = Run(0.6f, ["a", "b"], query => query == "a" ? 0.6f : 0.7f);

        Assert.Equal([1], result.Queries);
        Assert.Equal("a", Assert.Single(result.Trace[0].Removed).Text);
    }

    [Fact]
    public void Run_NobodyPasses_TheBestSurvives()
    {
        RecurrenceResult result = Run(0.9f, ["a", "b", "c"], query => query == "b" ? 0.4f : 0.3f);

        Assert.Equal([1], result.Queries);
        Assert.Equal(0.4f, Assert.Single(result.Scores));
    }

    [Fact]
    public void Run_FromTheSecondRound_TextsAreWrapped()
    {
        var isFirst = new List<bool>();

        Run(0, ["a", "b"], _ => 1, (alive, first) =>
        {
            isFirst.Add(first);
            return Ones(alive.Count);
        });

        Assert.Equal([true, false], isFirst);
    }

    [Fact]
    public void Run_MapsVanish_TheLastOnesStand()
    {
        RecurrenceResult result = Run(0.5f, ["a", "b"], query => query == "a" ? 1 : 0, (alive, first) =>
            first ? Ones(alive.Count) : new SoftMasks(Grid, 2, 2, [.. alive.Select(_ => new float[4])]));

        Assert.Equal([1f, 1, 1, 1], result.Proposals.Map(0).ToArray());
    }

    private static RecurrenceResult Run(
        float threshold,
        string[] queries,
        Func<string, float> score,
        Func<IReadOnlyList<int>, bool, SoftMasks>? propose = null,
        int maxRounds = 0)
    {
        var recurrence = new PromptRecurrence(
            (alive, first, _) => (propose ?? ((some, _) => Ones(some.Count)))(alive, first),
            new Scores(score),
            threshold)
        {
            MaxRounds = maxRounds,
        };
        return recurrence.Run(queries, queries, default);
    }

    private static SoftMasks Ones(int count) =>
        new(Grid, 2, 2, [.. Enumerable.Range(0, count).Select(_ => new float[] { 1, 1, 1, 1 })]);

    private sealed class Scores(Func<string, float> score) : IQueryClassifier
    {
        public float[][] Classify(SoftMasks proposals, IReadOnlyList<string> queries, CancellationToken cancellation) =>
            [.. queries.Select(query => queries.Select(_ => score(query)).ToArray())];
    }
}
