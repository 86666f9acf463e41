using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>Fills small holes of a mask before it is brought to the picture's size (sam3.md 5).</summary>
internal static class MaskHoles
{
    /// <summary>Largest hole that is filled as published, in pixels of the low-resolution mask.</summary>
    public const int PublishedArea = 256;

    private const float Filled = 10;

    /// <summary>Sets logits in holes of at most <paramref name="area"/> pixels to +10, in place.</summary>
    /// <param name="logits">side × side.</param>
    /// <param name="side">Side of the mask.</param>
    /// <param name="area">Largest hole that is filled; 0 fills none.</param>
    public static void Fill(Span<float> logits, int side, int area)
    {
        var mask = new BinaryMask(side, side);
        for (int i = 0; i < logits.Length; i++)
            mask.Pixels[i] = logits[i] > 0 ? (byte)1 : (byte)0;
        var holes = ConnectedComponents.Of(mask, Connectivity.Eight, value: false);
        for (int i = 0; i < logits.Length; i++)
        {
            int hole = holes.Labels[i];
            if (hole > 0 && holes.Areas[hole] <= area)
                logits[i] = Filled;
        }
    }
}
