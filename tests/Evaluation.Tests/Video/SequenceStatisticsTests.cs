using FrozenSeg.Evaluation.Video;

namespace FrozenSeg.Evaluation.Tests.Video;

public class SequenceStatisticsTests
{
    [Fact]
    public void Of_NoFrames_IsNotANumber()
    {
        SequenceStatistics statistics = SequenceStatistics.Of([]);

        Assert.Equal((double.NaN, double.NaN, double.NaN), (statistics.Mean, statistics.Recall, statistics.Decay));
    }

    [Fact]
    public void Of_FrameAtOneHalf_IsNotRecalled()
    {
        Assert.Equal(0.5, SequenceStatistics.Of([0.5, 0.51]).Recall);
    }

    // Edges at 1, 3.25, 5.5, 7.75, 10, of which halves go up: the first quarter is 1 to 3, the last 8 to 10.
    [Fact]
    public void Of_TenFrames_LosesWhatIsBetweenTheFirstAndTheLastQuarter()
    {
        double[] frames = [1, 0.9, 0.8, 0, 0, 0, 0, 0.3, 0.2, 0.1];

        Assert.Equal(0.9 - 0.2, SequenceStatistics.Of(frames).Decay, 12);
    }

    // Three frames have their edges at 1, 1.5, 2, 2.5 and 3: the halves are rounded up.
    [Fact]
    public void Of_ThreeFrames_SharesTheMiddleOne()
    {
        SequenceStatistics statistics = SequenceStatistics.Of([0.9, 0.6, 0.3]);

        Assert.Equal(((0.9 + 0.6) / 2) - 0.3, statistics.Decay, 12);
        Assert.Equal(0, SequenceStatistics.Of([0.4]).Decay);
    }
}
