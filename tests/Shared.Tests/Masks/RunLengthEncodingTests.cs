using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Shared.Tests.Masks;

public sealed class RunLengthEncodingTests
{
    [Fact]
    public void FromMask_RunsGoDownColumnsAndBeginWithZeros()
    {
        BinaryMask mask = Mask(
            "010",
            "110");

        var runs = RunLengthEncoding.FromMask(mask);

        Assert.Equal([1, 3, 2], runs.Counts.ToArray());
    }

    [Fact]
    public void FromMask_FirstPixelSet_BeginsWithARunOfNone() =>
        Assert.Equal([0, 1, 3], RunLengthEncoding.FromMask(Mask("10", "00")).Counts.ToArray());

    [Theory]
    [InlineData("0000", "0000", new[] { 8 })]
    [InlineData("1111", "1111", new[] { 0, 8 })]
    public void FromMask_UniformMask_IsOneRun(string top, string bottom, int[] counts) =>
        Assert.Equal(counts, RunLengthEncoding.FromMask(Mask(top, bottom)).Counts.ToArray());

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 5)]
    [InlineData(1, 40)]
    [InlineData(33, 1)]
    [InlineData(60, 80)]
    public void ToMask_ReturnsTheMaskThatWasEncoded(int height, int width)
    {
        var random = new Random(height * width);
        var mask = new BinaryMask(height, width);
        for (int i = 0; i < mask.Pixels.Length; i++)
            mask.Pixels[i] = (byte)(random.Next(5) / 3);

        var runs = RunLengthEncoding.FromMask(mask);

        Assert.Equal(mask.Pixels.ToArray(), runs.ToMask().Pixels.ToArray());
        Assert.Equal(mask.CountPixels(), runs.Area);
        Assert.Equal(runs, RunLengthEncoding.FromCocoString(runs.ToCocoString(), height, width));
    }

    [Theory]
    [InlineData(new[] { 20 }, "d0")]
    [InlineData(new[] { 0, 20 }, "0d0")]
    [InlineData(new[] { 0, 5, 100000, 3, 99999, 1 }, "05PeQ3NON")]
    [InlineData(new[] { 31, 32, 33, 1, 2, 3000, 4, 15, 16, 17 }, "o0P1Q1QOQOgm22gRM<2")]
    public void ToCocoString_IsWhatPycocotoolsWrites(int[] counts, string text)
    {
        var runs = new RunLengthEncoding(1, counts.Sum(), counts);

        Assert.Equal(text, runs.ToCocoString());
        Assert.Equal(runs, RunLengthEncoding.FromCocoString(text, 1, counts.Sum()));
    }

    [Fact]
    public void InclusiveBox_NamesTheFirstAndLastPixels()
    {
        BinaryMask mask = Mask(
            "00000",
            "00110",
            "00010");

        Assert.Equal(new BoxXyxy(2, 1, 3, 2), RunLengthEncoding.FromMask(mask).InclusiveBox());
    }

    [Fact]
    public void InclusiveBox_RunAcrossAColumnBorder_SpansAllRows() =>
        Assert.Equal(new BoxXyxy(0, 0, 1, 2), RunLengthEncoding.FromMask(Mask("01", "00", "10")).InclusiveBox());

    [Fact]
    public void InclusiveBox_EmptyMask_IsZero() =>
        Assert.Equal(default, RunLengthEncoding.FromMask(Mask("00", "00")).InclusiveBox());

    [Theory]
    [InlineData(new[] { 3 })]
    [InlineData(new[] { 2, 1, 2 })]
    [InlineData(new[] { 5, -1 })]
    public void Constructor_RunsThatDoNotFillTheMask_AreRefused(int[] counts) =>
        Assert.Throws<FormatException>(() => new RunLengthEncoding(2, 2, counts));

    [Theory]
    [InlineData("d")]
    [InlineData("d0d0d0")]
    [InlineData("oooooooooooo0")]
    [InlineData("\u0001")]
    [InlineData("P")]
    public void FromCocoString_DamagedString_IsRefused(string text) =>
        Assert.Throws<FormatException>(() => RunLengthEncoding.FromCocoString(text, 4, 5));

    private static BinaryMask Mask(params string[] rows) =>
        new(rows.Length, rows[0].Length, [.. string.Concat(rows).Select(pixel => (byte)(pixel - '0'))]);
}
