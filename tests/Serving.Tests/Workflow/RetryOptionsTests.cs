using FrozenSeg.Serving.Workflow;

namespace FrozenSeg.Serving.Tests.Workflow;

public sealed class RetryOptionsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(8, 60)]
    [InlineData(int.MaxValue, 60)]
    public void DelayAfter_Runs_DoublesUpToAMinute(int attempts, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryOptions.Default.DelayAfter(attempts));
    }

    [Fact]
    public void DelayAfter_LongestDelayMetExactly_IsTheLongest()
    {
        var retry = new RetryOptions { FirstDelay = TimeSpan.FromSeconds(3), LongestDelay = TimeSpan.FromSeconds(6) };

        Assert.Equal([3, 6, 6], new[] { 1, 2, 3 }.Select(attempts => retry.DelayAfter(attempts).TotalSeconds));
    }

    [Fact]
    public void Default_Runs_AreThoseOfTheDocuments()
    {
        Assert.Equal((7, 2, 6), (
            RetryOptions.Default.MaxAttempts,
            RetryOptions.Default.MaxNotifyAttempts,
            RetryOptions.Default.MaxBatchHalvings));
    }
}
