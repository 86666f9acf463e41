using FrozenSeg.Evaluation.Conversion.Outlines;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Tests.Conversion;

public sealed class MaskOutlinesTests
{
    private readonly BinaryMask _ring = TestMasks.Ring(), _speckles = TestMasks.Speckles();

    [Fact]
    public void Outlines_AnyMask_FillBackToTheMask()
    {
        foreach (BinaryMask mask in (BinaryMask[])[_ring, _speckles])
        {
            IReadOnlyList<MaskPart> parts = MaskOutlines.Of(mask);

            Assert.Equal(
                mask.Pixels.ToArray(),
                Fill(parts.SelectMany(part => part.Holes.Prepend(part.Exterior))).Pixels.ToArray());
        }

        MaskPart ring = Assert.Single(MaskOutlines.Of(_ring));
        Assert.Equal(4, Assert.Single(ring.Holes).Count);
    }

    [Fact]
    public void Outlines_PixelsThatTouchAtACorner_AreParts()
    {
        var mask = new BinaryMask(2, 2, [1, 0, 0, 1]);

        Assert.All(MaskOutlines.Of(mask), part => Assert.Equal((4, 0), (part.Exterior.Count, part.Holes.Count)));
        Assert.Equal(2, MaskOutlines.Of(mask).Count);
    }

    [Fact]
    public void ThroughPixels_AnyMask_FillsBackWithItsBorder()
    {
        foreach (BinaryMask mask in
            (BinaryMask[])[_ring, _speckles, new BinaryMask(1, 3, [0, 1, 0]), new BinaryMask(2, 2, [1, 0, 0, 1])])
        {
            IReadOnlyList<(int X, int Y)>[] rings =
                [.. MaskOutlines.Of(mask).SelectMany(part => part.Rings).Select(MaskPart.ThroughPixels)];

            Assert.Equal(mask.Pixels.ToArray(), RingFill.WithBorder(rings, mask.Height, mask.Width).Pixels.ToArray());
        }
    }

    // Even-odd at the middle of each pixel.
    private static BinaryMask Fill(IEnumerable<IReadOnlyList<(int X, int Y)>> rings)
    {
        var mask = new BinaryMask(TestMasks.Height, TestMasks.Width);
        foreach (IReadOnlyList<(int X, int Y)> ring in rings)
        {
            for (int i = 0; i < ring.Count; i++)
            {
                (int x0, int y0) = ring[i];
                (int x1, int y1) = ring[(i + 1) % ring.Count];
                for (int y = Math.Min(y0, y1); y < Math.Max(y0, y1); y++)
                {
                    double crossing = x0 + ((y + 0.5 - y0) * (x1 - x0) / (y1 - y0));
                    for (int x = 0; x < TestMasks.Width; x++)
                        mask[y, x] ^= x + 0.5 > crossing;
                }
            }
        }

        return mask;
    }
}
