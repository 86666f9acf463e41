using FrozenSeg.Pipeline.Foundation.Tensors.Kernels;

namespace FrozenSeg.Pipeline.Tests.Foundation.Tensors;

public sealed class ThreadRangesTests
{
    // Wrapped, a cancellation would look like a fault, and memory that ran out like another.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Each_BodyThatIsCancelled_IsCancelled(int threads)
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(
            () => new ThreadRanges(threads).Each(8, _ => stop.Token.ThrowIfCancellationRequested()));
        Assert.Throws<InsufficientMemoryException>(
            () => new ThreadRanges(threads).For(8, (_, _) => throw new InsufficientMemoryException()));
    }

    [Theory]
    [InlineData(4, 1, 4)]
    [InlineData(4, 2, 2)]
    [InlineData(4, 3, 1)]
    [InlineData(2, 8, 1)]
    public void Among_Loops_HaveAShareEachAndOneAtLeast(int threads, int loops, int each) =>
        Assert.Equal(new ThreadRanges(each).Count, new ThreadRanges(threads).Among(loops).Count);
}
