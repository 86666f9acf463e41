using FrozenSeg.Pipeline.Families.ClipAsRnn.MaskMatching;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Tests.Families.ClipAsRnn;

public sealed class SamMaskMatcherTests
{
    // Columns of a mask of one row.
    private static readonly RunLengthEncoding Left = Runs("1111000000"), Right = Runs("0000111100"),
        Speck = Runs("0010000000");

    [Fact]
    public void Match_PartsOfTheMask_AreJoined()
    {
        MaskMatch match = new SamMaskMatcher([Left, Right, Runs("0000000011")]).Match(Runs("1111111000"));

        Assert.Equal([0, 1], match.Kept);
        Assert.Equal(Runs("1111111100"), match.Mask);
    }

    [Fact]
    public void Match_NothingAboveTheThreshold_TakesTheBestButKeepsTheMask()
    {
        RunLengthEncoding mask = Runs("0011110000");

        MaskMatch match = new SamMaskMatcher([Left, Right]).Match(mask);

        Assert.Equal([0], match.Kept);
        Assert.Equal(mask, match.Mask);
    }

    [Fact]
    public void Match_Speck_CountsOnlyByItsShare()
    {
        MaskMatch match = new SamMaskMatcher([Speck], new MaskMatchingOptions { SmallestShare = 0.3f }).Match(Left);

        Assert.Equal([0.25f], match.IoM);
    }

    [Fact]
    public void Match_EmptyMask_StaysEmpty()
    {
        MaskMatch match = new SamMaskMatcher([Left]).Match(Runs("0000000000"));

        Assert.Equal(0, match.Mask.Area);
        Assert.Empty(match.Kept);
    }

    [Fact]
    public void Match_NoSamMasks_KeepsTheMask() => Assert.Equal(Left, new SamMaskMatcher([]).Match(Left).Mask);

    private static RunLengthEncoding Runs(string row) =>
        RunLengthEncoding.FromMask(new BinaryMask(1, row.Length, [.. row.Select(pixel => (byte)(pixel - '0'))]));
}
