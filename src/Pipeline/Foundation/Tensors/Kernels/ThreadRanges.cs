namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels;

/// <summary>Splits a loop into contiguous ranges for a given number of threads.</summary>
/// <param name="threads">Threads; 0 takes every core.</param>
internal sealed class ThreadRanges(int threads)
{
    // Several ranges a thread even out unequal work.
    private const int RangesPerThread = 4;

    private readonly ParallelOptions _options = new()
    {
        MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads,
    };

    /// <summary>What each of several loops at once has of these threads; one at least.</summary>
    public ThreadRanges Among(int loops) =>
        loops > 1 ? new(Math.Max(1, _options.MaxDegreeOfParallelism / loops)) : this;

    /// <summary>Into how many ranges a loop is split.</summary>
    public int Count => _options.MaxDegreeOfParallelism == 1 ? 1 : _options.MaxDegreeOfParallelism * RangesPerThread;

    /// <summary>Calls <paramref name="body"/> with half-open ranges that cover 0..<paramref name="count"/>.</summary>
    public void For(int count, Action<int, int> body) =>
        Each(Count, range => body(Bound(count, range), Bound(count, range + 1)));

    /// <summary>
    /// Calls <paramref name="body"/> with 0..<paramref name="count"/>, on the calling thread where one is all there is.
    /// What it throws is thrown as itself, whichever thread it was on.
    /// </summary>
    public void Each(int count, Action<int> body)
    {
        if (_options.MaxDegreeOfParallelism > 1)
        {
            ParallelLoop.Run(() => Parallel.For(0, count, _options, body));
            return;
        }

        for (int i = 0; i < count; i++)
            body(i);
    }

    /// <summary>Where range number <paramref name="range"/> of a loop over <paramref name="count"/> begins.</summary>
    public int Bound(int count, int range) => (int)((long)count * range / Count);
}
