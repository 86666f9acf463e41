using FrozenSeg.Cli.Models;

namespace FrozenSeg.EndToEnd.Tests.Models;

public class CheckListTests
{
    private static readonly CheckList Some = new("a.png", "cat", 2, 4, 0.1, 0.5),
        Nothing = new("a.png", "cow", 0, 0, 0, 0);

    [Theory]
    [InlineData(1, 0.3, false)]
    [InlineData(2, 0.1, true)]
    [InlineData(4, 0.5, true)]
    [InlineData(5, 0.3, false)]
    [InlineData(3, 0.09, false)]
    [InlineData(3, 0.51, false)]
    public void Fits_CountAndShare_AreBothInRange(int count, double share, bool fits)
    {
        Assert.Equal(fits, Some.Fits(count, share, presence: 0));
    }

    [Theory]
    [InlineData(0, 0.49, true)]
    [InlineData(0, 0.5, false)]
    [InlineData(1, 0.1, false)]
    public void Fits_Nothing_NeedsAModelThatIsSureOfIt(int count, double presence, bool fits)
    {
        Assert.Equal(fits, Nothing.Fits(count, 0, presence));
    }

    [Fact]
    public void Expected_Words_SayTheRanges()
    {
        Assert.Equal("2 to 4 masks, 10 % to 50 %", Some.Expected);
        Assert.Equal("1 mask, 60 % to 85 %", new CheckList("a", "b", 1, 1, 0.6, 0.85).Expected);
        Assert.Equal("nothing, presence below 0.5", Nothing.Expected);
        Assert.All(
            CheckList.All, check => Assert.True(check.Fewest <= check.Most && check.LowShare <= check.HighShare));
    }
}
