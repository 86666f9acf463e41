using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.Sam.Automask;

/// <summary>Tells masks that a crop's border has cut off; the next crop will hold them whole.</summary>
internal static class CropEdge
{
    /// <summary>How near counts as touching, pixels.</summary>
    private const float Tolerance = 20;

    /// <summary>
    /// Whether a side of the box lies at the crop's side of the same name, but not at the picture's.
    /// </summary>
    /// <param name="box">In the whole picture.</param>
    /// <param name="crop">The crop.</param>
    /// <param name="imageWidth">Columns of the picture.</param>
    /// <param name="imageHeight">Rows of the picture.</param>
    public static bool Touches(in BoxXyxy box, in CropBox crop, int imageWidth, int imageHeight) =>
        Cuts(box.X0, crop.X0, 0)
        || Cuts(box.Y0, crop.Y0, 0)
        || Cuts(box.X1, crop.X1, imageWidth)
        || Cuts(box.Y1, crop.Y1, imageHeight);

    private static bool Cuts(float side, float cropSide, float imageSide) =>
        MathF.Abs(side - cropSide) <= Tolerance && MathF.Abs(side - imageSide) > Tolerance;
}
