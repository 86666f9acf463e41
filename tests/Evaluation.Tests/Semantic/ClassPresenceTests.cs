using FrozenSeg.Evaluation.Semantic;

namespace FrozenSeg.Evaluation.Tests.Semantic;

public class ClassPresenceTests
{
    // 0 is there and found, 1 there and missed, 2 not there and answered, 3 neither.
    private static readonly Dictionary<int, ClassPixels> Pixels = new()
    {
        [0] = new ClassPixels(1, 1, 1),
        [1] = new ClassPixels(0, 1, 0),
        [2] = new ClassPixels(0, 0, 1),
    };

    [Theory]
    [InlineData(0, 1, 1, 0, 0)]
    [InlineData(1, 1, 0, 0, 0)]
    [InlineData(2, 0, 0, 1, 0)]
    [InlineData(3, 0, 0, 1, 1)]
    public void Of_Class_IsPresentOrAbsentAndKeptOrRemoved(int id, int present, int kept, int absent, int removed)
    {
        Assert.Equal(new ClassPresence(present, kept, absent, removed), ClassPresence.Of(Pixels, [id]));
    }

    [Fact]
    public void Shares_SeveralClasses_AreOfThoseThereAndOfThoseNotThere()
    {
        ClassPresence presence = ClassPresence.Of(Pixels, [0, 1, 2, 3, 4]);

        Assert.Equal(new ClassPresence(2, 1, 3, 2), presence);
        Assert.Equal((0.5, 2 / 3.0), (presence.KeptShare, presence.RemovedShare));
        Assert.Equal(new ClassPresence(12, 21, 33, 42), presence + new ClassPresence(10, 20, 30, 40));
        Assert.Equal((double.NaN, double.NaN), (default(ClassPresence).KeptShare, default(ClassPresence).RemovedShare));
    }
}
