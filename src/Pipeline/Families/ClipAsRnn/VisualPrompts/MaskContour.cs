using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;

/// <summary>
/// The outer border of a mask, holes filled: its pixels that touch background or the picture's edge on a side.
/// </summary>
internal static class MaskContour
{
    /// <summary>Colours the border.</summary>
    public static void Draw(PixelImage image, BinaryMask mask, Rgb colour)
    {
        bool[] filled = FillHoles(mask);
        for (int y = 0, at = 0; y < mask.Height; y++)
        {
            for (int x = 0; x < mask.Width; x++, at++)
            {
                bool isInner = x > 0 && x + 1 < mask.Width && y > 0 && y + 1 < mask.Height
                    && filled[at - 1] && filled[at + 1] && filled[at - mask.Width] && filled[at + mask.Width];
                if (filled[at] && !isInner)
                    Dot.Plot(image, x, y, colour);
            }
        }
    }

    // A hole is background that does not reach the picture's edge from pixel side to pixel side.
    private static bool[] FillHoles(BinaryMask mask)
    {
        var background = ConnectedComponents.Of(mask, Connectivity.Four, value: false);
        var reachesEdge = new bool[background.Areas.Length];
        for (int x = 0; x < mask.Width; x++)
        {
            reachesEdge[background.Labels[x]] = true;
            reachesEdge[background.Labels[^(x + 1)]] = true;
        }

        for (int y = 0; y < mask.Height; y++)
        {
            reachesEdge[background.Labels[y * mask.Width]] = true;
            reachesEdge[background.Labels[((y + 1) * mask.Width) - 1]] = true;
        }

        return Array.ConvertAll(background.Labels, label => label == 0 || !reachesEdge[label]);
    }
}
