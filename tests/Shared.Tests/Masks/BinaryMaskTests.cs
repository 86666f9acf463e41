using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Shared.Tests.Masks;

public sealed class BinaryMaskTests
{
    [Fact]
    public void Constructor_PixelsOfAnotherSize_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new BinaryMask(2, 3, new byte[5]));

    [Fact]
    public void Indexer_IsRowThenColumn()
    {
        var mask = new BinaryMask(2, 3) { [1, 2] = true };

        Assert.Equal([0, 0, 0, 0, 0, 1], mask.Pixels.ToArray());
        Assert.True(mask[1, 2]);
        Assert.Equal(1, mask.CountPixels());
    }

    [Fact]
    public void Clone_CanBeChangedAlone()
    {
        var mask = new BinaryMask(1, 1);

        mask.Clone()[0, 0] = true;

        Assert.False(mask[0, 0]);
    }
}
