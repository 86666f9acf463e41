using System.Collections.Concurrent;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels;

namespace FrozenSeg.Evaluation.Runs;

/// <summary>Works on items a few at a time, begun in their order.</summary>
internal static class SideBySide
{
    /// <summary>
    /// Works on all items, or stops at the first that fails: those under way are finished, and it is thrown.
    /// </summary>
    /// <param name="items">The items.</param>
    /// <param name="atOnce">How many at a time.</param>
    /// <param name="work">Called for each, by several threads.</param>
    /// <param name="cancellation">Stops before the next item.</param>
    public static void Run<T>(IReadOnlyList<T> items, int atOnce, Action<T> work, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation };
        ParallelLoop.Run(
            () => Parallel.ForEach(
                Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering), options, work));
    }
}
