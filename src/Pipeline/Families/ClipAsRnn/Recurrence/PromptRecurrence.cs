using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;

/// <summary>
/// The loop of CLIP as RNN (car.md 3): propose a mask for every query, let CLIP look at each, drop the queries it does
/// not see, and again with those that are left, until a round drops none.
/// </summary>
/// <param name="propose">f: masks of some of the queries, by their indices; in the first round texts are raw.</param>
/// <param name="classifier">g.</param>
/// <param name="threshold">θ: a score must be above it.</param>
internal sealed class PromptRecurrence(
    Func<IReadOnlyList<int>, bool, CancellationToken, SoftMasks> propose, IQueryClassifier classifier, float threshold)
{
    /// <summary>Told what each round began with and how it ended; null for nobody.</summary>
    public Action<SoftMasks, float[][]>? Watch { get; init; }

    /// <summary>Rounds after which it ends even if something was dropped; 0 for no bound.</summary>
    public int MaxRounds { get; init; }

    /// <summary>Runs until nothing is dropped.</summary>
    /// <param name="queries">The texts, at least one.</param>
    /// <param name="ids">What the trace calls each query.</param>
    /// <param name="cancellation">Stops the work.</param>
    public RecurrenceResult Run(
        IReadOnlyList<string> queries, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        int[] alive = [.. Enumerable.Range(0, queries.Count)];
        var trace = new List<FilterRound>();
        (int[] Queries, SoftMasks Masks)? previous = null;
        for (int before = 0; ;)
        {
            SoftMasks proposals = propose(alive, previous is null, cancellation);
            float[][] scores = classifier.Classify(proposals, [.. alive.Select(query => queries[query])], cancellation);
            Watch?.Invoke(proposals, scores);
            // When every map has vanished, the last ones stand.
            if (proposals.AreEmpty() && previous is { } known)
                proposals = known.Masks.Of(alive.Select(query => Array.IndexOf(known.Queries, query)));

            float[] own = [.. scores.Select((row, i) => row[i])];
            int[] kept = Keep(own);
            trace.Add(Round(trace.Count + 1, alive, own, kept, queries, ids));
            int[] survivors = [.. kept.Select(i => alive[i])];
            if (kept.Length == before || trace.Count == MaxRounds)
                return new RecurrenceResult(survivors, proposals.Of(kept), [.. kept.Select(i => own[i])], trace);
            previous = (alive, proposals);
            before = kept.Length;
            alive = survivors;
        }
    }

    // d > θ; when no query passes, the best one stays, the first of equals.
    private int[] Keep(float[] scores)
    {
        int[] kept = [.. Enumerable.Range(0, scores.Length).Where(i => scores[i] > threshold)];
        return kept.Length > 0 ? kept : [Array.IndexOf(scores, scores.Max())];
    }

    private static FilterRound Round(
        int number, int[] alive, float[] scores, int[] kept, IReadOnlyList<string> queries, IReadOnlyList<string> ids)
    {
        PromptScore[] all = [.. alive.Select((query, i) => new PromptScore(ids[query], queries[query], scores[i]))];
        return new FilterRound(
            number,
            [.. kept.Select(i => all[i])],
            [.. Enumerable.Range(0, all.Length).Except(kept).Select(i => all[i])]);
    }
}
