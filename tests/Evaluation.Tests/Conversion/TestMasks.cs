using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Tests.Conversion;

/// <summary>A mask with a hole, and one of many parts.</summary>
internal static class TestMasks
{
    public const int Height = 30, Width = 41;

    public static BinaryMask Ring()
    {
        var mask = new BinaryMask(Height, Width);
        for (int y = 4; y < 22; y++)
        {
            for (int x = 6; x < 30; x++)
                mask[y, x] = y < 9 || y > 15 || x < 12 || x > 20;
        }

        return mask;
    }

    public static BinaryMask Speckles()
    {
        var random = new Random(5);
        var mask = new BinaryMask(Height, Width);
        foreach (ref byte pixel in mask.Pixels)
            pixel = (byte)random.Next(2);
        return mask;
    }
}
