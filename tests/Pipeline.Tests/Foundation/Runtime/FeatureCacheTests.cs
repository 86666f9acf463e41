using FrozenSeg.Pipeline.Foundation.Runtime;

namespace FrozenSeg.Pipeline.Tests.Foundation.Runtime;

public sealed class FeatureCacheTests
{
    [Fact]
    public void Get_SameKeyTwice_MakesOnce()
    {
        using var cache = new FeatureCache(100);

        using FeatureLease<Thing> first = Get(cache, "a"), second = Get(cache, "a");

        Assert.Same(first.Value, second.Value);
        Assert.Equal(new FeatureCacheFigures(1, 1, 0, 1, 10, 100), cache.Figures);
    }

    [Fact]
    public void Get_OverCapacity_LetsTheLeastRecentlyUsedGo()
    {
        using var cache = new FeatureCache(25);
        Thing a = Use(cache, "a"), b = Use(cache, "b");
        Use(cache, "a");

        Use(cache, "c");

        Assert.False(a.IsDisposed);
        Assert.True(b.IsDisposed);
        Assert.Equal((1, 20, 2), (cache.Figures.Evictions, cache.Figures.Bytes, cache.Figures.Entries));
    }

    [Fact]
    public void Get_EvictedWhileUsed_IsDisposedByItsLastUser()
    {
        using var cache = new FeatureCache(10);
        FeatureLease<Thing> first = Get(cache, "a"), second = Get(cache, "a");
        Use(cache, "b");

        first.Dispose();
        first.Dispose();
        bool whileUsed = second.Value.IsDisposed;
        second.Dispose();

        Assert.False(whileUsed);
        Assert.True(second.Value.IsDisposed);
    }

    [Fact]
    public void Get_CapacityOfZero_KeepsNothing()
    {
        using var cache = new FeatureCache(0);

        Thing thing = Use(cache, "a");

        Assert.True(thing.IsDisposed);
        Assert.Equal((0, 0), (cache.Figures.Bytes, cache.Figures.Entries));
    }

    [Fact]
    public void Get_MakingFails_IsTriedAgain()
    {
        using var cache = new FeatureCache(100);

        Assert.Throws<InvalidOperationException>(
            () => cache.Get<Thing>("a", () => throw new InvalidOperationException(), _ => 1, default));

        Assert.Equal(0, cache.Figures.Entries);
        Assert.False(Use(cache, "a").IsDisposed);
    }

    [Fact]
    public async Task Get_WhileAnotherMakesIt_WaitsForIt()
    {
        using var cache = new FeatureCache(100);
        using var begun = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        Task<Thing> maker = Task.Run(() =>
        {
            using FeatureLease<Thing> lease = cache.Get("a", Slow, _ => 10, default);
            return lease.Value;
        });
        begun.Wait();
        Assert.Null(cache.Find<Thing>("a"));

        Task<Thing> other = Task.Run(() => Use(cache, "a"));
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        Assert.Throws<OperationCanceledException>(() => cache.Get("a", () => new Thing(), _ => 10, impatient.Token));
        mayEnd.Set();

        Assert.Same(await maker, await other);
        Assert.Equal(1, cache.Figures.Misses);

        Thing Slow()
        {
            begun.Set();
            mayEnd.Wait();
            return new Thing();
        }
    }

    [Fact]
    public void Dispose_Always_LetsEverythingGo()
    {
        var cache = new FeatureCache(100);
        Thing kept = Use(cache, "a");
        using FeatureLease<Thing> used = Get(cache, "b");

        cache.Dispose();

        Assert.True(kept.IsDisposed);
        Assert.False(used.Value.IsDisposed);
    }

    private static FeatureLease<Thing> Get(FeatureCache cache, string key) =>
        cache.Get(key, () => new Thing(), _ => 10, default);

    private static Thing Use(FeatureCache cache, string key)
    {
        using FeatureLease<Thing> lease = Get(cache, key);
        return lease.Value;
    }

    private sealed class Thing : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
