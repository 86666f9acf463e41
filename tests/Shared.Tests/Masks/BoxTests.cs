using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Shared.Tests.Masks;

public sealed class BoxTests
{
    [Fact]
    public void IoU_HalfOverlappingBoxes_IsAThird() =>
        Assert.Equal(1f / 3, new BoxXyxy(0, 0, 2, 1).IoU(new BoxXyxy(1, 0, 3, 1)), 6);

    [Fact]
    public void IoU_BoxesApart_IsZero() => Assert.Equal(0, new BoxXyxy(0, 0, 1, 1).IoU(new BoxXyxy(5, 5, 6, 6)));

    [Fact]
    public void IoU_TwoBoxesWithoutArea_IsNoNumber() =>
        Assert.True(float.IsNaN(new BoxXyxy(2, 2, 2, 2).IoU(new BoxXyxy(2, 2, 2, 2))));

    [Fact]
    public void ToXywh_AndBack_IsTheSameBox()
    {
        var box = new BoxXyxy(3, 4, 10, 20);

        Assert.Equal(new BoxXywh(3, 4, 7, 16), box.ToXywh());
        Assert.Equal(box, box.ToXywh().ToXyxy());
    }

    [Fact]
    public void Offset_MovesAllCorners() =>
        Assert.Equal(new BoxXyxy(11, 22, 13, 24), new BoxXyxy(1, 2, 3, 4).Offset(10, 20));
}
