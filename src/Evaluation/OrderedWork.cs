using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Evaluation;

/// <summary>
/// Works on many pictures with several threads and hands the results on one by one, in order: sums of fractions come
/// out the same whatever the number of threads, and only a few pictures are in memory at a time.
/// </summary>
internal static class OrderedWork
{
    /// <param name="items">What to work on.</param>
    /// <param name="options">Threads, progress, cancellation.</param>
    /// <param name="problems">Takes the problems of single items, which do not stop the others.</param>
    /// <param name="work">Done in parallel.</param>
    /// <param name="collect">Done one after the other, in the order of the items.</param>
    public static void Run<TItem, TResult>(
        IReadOnlyList<TItem> items,
        EvaluationOptions options,
        ProblemLog problems,
        Func<TItem, TResult> work,
        Action<TItem, TResult> collect)
        where TResult : class
    {
        int done = 0;
        foreach ((TItem item, TResult? result) in items.AsParallel().AsOrdered()
            .WithDegreeOfParallelism(Math.Clamp(options.Threads, 1, 512))
            .WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .WithCancellation(options.Cancellation)
            .Select(item => (item, Try(item, problems, work))))
        {
            if (result is not null)
                collect(item, result);
            options.Progress?.Report((double)++done / items.Count);
        }
    }

    private static TResult? Try<TItem, TResult>(TItem item, ProblemLog problems, Func<TItem, TResult> work)
        where TResult : class
    {
        try
        {
            return work(item);
        }
        catch (SegmentationProblemException failure)
        {
            problems.Add(failure);
            return null;
        }
    }
}
